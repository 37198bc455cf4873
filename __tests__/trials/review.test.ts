import { readPlan } from "../../tools/review/plan";
import { exitCode, review } from "../../tools/review/review";
import { keepPlan } from "../fixtures/kept-plans";
import { RULES_OF_PLANS } from "../tools/review/rules-of-plans";
import { HARMLESS, HURTS } from "./fixtures/fork-changes";
import { OwnCloud } from "./own-cloud";
import { DeployedStacks } from "./reviewed-stacks";

jest.setTimeout(20 * 60_000);

const cloud = new OwnCloud("review");
let stacks: DeployedStacks;

beforeAll(async () => {
  await cloud.start({ fresh: true });
  stacks = new DeployedStacks(".local/trials/review");
  await stacks.deploy();
});
afterAll(() => cloud.stop());

/** Plans a change of a fork, and reviews it. With KEEP_PLANS=1 it also keeps the plan for the unit tests. */
async function planned(kind: "hurts" | "harmless", name: string) {
  const change = (kind === "hurts" ? HURTS : HARMLESS)[name];
  if (!change) throw new Error(`There is no change ${name}.`);
  const text = await stacks.planChange(change);
  if (process.env.KEEP_PLANS) keepPlan(kind, name, text);
  const result = review([readPlan(text, name)]);
  return { code: exitCode(result), rules: [...new Set(result.findings.map(({ rule }) => rule))].sort() };
}

it.each(Object.keys(HURTS))("%s is planned for real, and hurts", async (name) => {
  expect(await planned("hurts", name)).toEqual({ code: 3, rules: RULES_OF_PLANS[name] });
});

it.each(Object.keys(HARMLESS))("%s is planned for real, and hurts nobody", async (name) => {
  expect(await planned("harmless", name)).toEqual({ code: 0, rules: [] });
});
