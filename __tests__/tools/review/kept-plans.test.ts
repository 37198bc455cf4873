import { toMarkdown } from "../../../tools/review/markdown";
import { readPlan } from "../../../tools/review/plan";
import { exitCode, review } from "../../../tools/review/review";
import { RULE_IDS } from "../../../tools/review/rules";
import { keptPlan, namesOfPlans } from "../../fixtures/kept-plans";
import { RULES_OF_PLANS } from "./rules-of-plans";

const reviewed = (kind: "hurts" | "harmless", name: string) =>
  review([readPlan(JSON.stringify(keptPlan(kind, name)), name)]);

describe("plans that Terraform printed for changes of protected stacks", () => {
  it.each(namesOfPlans("hurts"))("%s hurts, and the review says why", (name) => {
    const result = reviewed("hurts", name);
    expect([...new Set(result.findings.map(({ rule }) => rule))].sort()).toEqual(RULES_OF_PLANS[name]);
    expect(exitCode(result)).toBe(3);
    expect(toMarkdown(result)).toContain("hurt people");
  });

  it.each(namesOfPlans("harmless"))("%s hurts nobody", (name) => {
    const result = reviewed("harmless", name);
    expect(result.findings).toEqual([]);
    expect(exitCode(result)).toBe(0);
  });

  it("each plan that hurts has its rules in the table", () => {
    expect(Object.keys(RULES_OF_PLANS).sort()).toEqual(namesOfPlans("hurts"));
  });

  it("there is one for each rule, but for what no plan shows", () => {
    const found = new Set(Object.values(RULES_OF_PLANS).flat());
    expect(RULE_IDS.filter((id) => !found.has(id))).toEqual(["prevent-destroy-removed", "slot-unknown"]);
  });
});
