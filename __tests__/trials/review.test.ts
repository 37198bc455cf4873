import { environments } from "../../lib/environments";
import { lookAtPools } from "../../tools/review/live-pools";
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

it("says how many people are in a pool, and which trigger only AWS knows", async () => {
  const [environment] = environments({ ...process.env, ENVIRONMENT: "local" });
  if (!environment) throw new Error("There is no environment local.");
  const text = await stacks.planChange(HURTS["pool-renamed"] ?? {});
  const plan = readPlan(text, "pool-renamed");
  const look = () => lookAtPools(environment, [plan]);
  const people = plan.changes.find(({ address }) => address.startsWith("aws_cognito_user_pool.people_"));
  const id = String(people?.change.before?.id);
  const pool = ["--user-pool-id", id];
  for (const username of ["ann@example.org", "ben@example.org"]) {
    const user = ["--username", username, "--message-action", "SUPPRESS"];
    await stacks.aws("cognito-idp", "admin-create-user", ...pool, ...user);
  }
  const found = await look();
  expect(found.findings).toEqual([]);
  expect(found.estimates.get(id)).toBe(2);
  const removed = review([plan], found).findings.filter(({ rule }) => rule === "pool-removed");
  expect(removed).toEqual([expect.objectContaining({ people: 2, text: expect.stringContaining("2 people") })]);

  const { UserPool } = JSON.parse(await stacks.aws("cognito-idp", "describe-user-pool", ...pool, "--output", "json"));
  const InboundFederation = { LambdaVersion: "V1_0", LambdaArn: UserPool.LambdaConfig.PreSignUp };
  const slots = JSON.stringify({ ...UserPool.LambdaConfig, InboundFederation });
  await stacks.aws("cognito-idp", "update-user-pool", ...pool, "--lambda-config", slots);
  const unknown = { rule: "slot-unknown", people: 2, address: people?.address };
  expect((await look()).findings).toEqual([expect.objectContaining(unknown)]);
});
