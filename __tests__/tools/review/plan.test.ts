import { readPlan } from "../../../tools/review/plan";
import { exitCode, review } from "../../../tools/review/review";
import { keptPlan } from "../../fixtures/kept-plans";
import { planText, resourceChange } from "./planned";

const UPDATE = { type: "aws_cognito_user_pool", before: { id: "a" }, after: { id: "a" } };
const resources = (...addresses: string[]) => ({
  root_module: { resources: addresses.map((address) => ({ address, mode: "managed" })) },
});

describe("what is no plan is refused in one sentence", () => {
  const whole = planText([UPDATE]);
  it.each([
    ["an empty file", "", "is empty"],
    ["a plan in Terraform's own form", "PK\u0003\u0004…", "not JSON"],
    ["text", "No changes. Your infrastructure matches the configuration.", "is not JSON, or is cut off"],
    ["a plan that is cut off", whole.slice(0, -10), "is not JSON, or is cut off"],
    ["the lines of terraform plan -json", `${'{"@level":"info"}'}\n${'{"@level":"info"}'}`, "is not JSON"],
    ["a list", "[]", "is no plan"],
    ["null", "null", "is no plan"],
    ["a state", JSON.stringify({ format_version: "1.0", values: { root_module: {} } }), "is no plan: it has neither"],
    ["something else", "{}", '"format_version" is not as Terraform writes it'],
    ["a later format", planText([], { format_version: "2.0" }), 'has the format "2.0"'],
    ["changes that are no list", planText([], { resource_changes: {} }), '"resource_changes" is not as'],
    [
      "an action that nobody knows",
      planText([{ ...UPDATE, actions: ["explode"] }]),
      '"resource_changes.0.change.actions.0" is not as Terraform writes it',
    ],
    [
      "a plan without its changes",
      JSON.stringify({ format_version: "1.2", planned_values: resources("a.b") }),
      "has no resource_changes: it is only a part of a plan, or was made with -refresh-only",
    ],
    ["a plan that lacks a change", planText([UPDATE], { planned_values: resources("a.b", "c.d") }), "lacks 2"],
    ["a plan of a part", planText([UPDATE], { prior_state: { values: resources("a.b") } }), "lacks 1"],
  ])("%s", (_, text, sentence) => {
    expect(() => readPlan(text, "plan.json")).toThrow(sentence);
    expect(() => readPlan(text, "plan.json")).toThrow(/^plan\.json [^\n]*\.$/);
  });

  it("does not quote what is in the file", () => {
    const text = planText([{ ...UPDATE, actions: ["the secret"] }]);
    expect(() => readPlan(text, "plan.json")).not.toThrow("the secret");
  });
});

it("reads a plan of a configuration without resources", () => {
  const plan = readPlan(JSON.stringify({ format_version: "1.2", planned_values: { root_module: {} } }), "plan.json");
  expect(exitCode(review([plan]))).toBe(0);
});

it("reads a plan that begins with a byte order mark", () => {
  expect(readPlan(`\uFEFF${planText([UPDATE])}`, "plan.json").changes).toHaveLength(1);
});

it("a plan cut off anywhere is never harmless", () => {
  const text = JSON.stringify(keptPlan("hurts", "client-gets-a-secret"));
  for (let length = 0; length < text.length; length += 10_007) {
    expect(() => readPlan(text.slice(0, length), "plan.json")).toThrow(/is empty|is cut off/);
  }
});

describe("a plan that does not have every change", () => {
  const codeOf = (more: object, changes = [UPDATE]) =>
    exitCode(review([readPlan(planText(changes, more), "plan.json")]));
  const removed = [{ type: "aws_cognito_user_pool", before: { id: "a" }, after: null }];

  it.each([
    ["failed", { errored: true }],
    ["leaves a part for later", { complete: false }],
    ["defers a change", { deferred_changes: [{ reason: "…", resource_change: resourceChange(UPDATE) }] }],
  ])("is not harmless if it %s", (_, more) => {
    expect(codeOf(more)).toBe(1);
  });

  it("hurts, if what it has hurts", () => {
    expect(codeOf({ errored: true }, removed as never)).toBe(3);
  });
});
