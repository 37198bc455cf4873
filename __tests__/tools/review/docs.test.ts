import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OTHER_RULES, RULE_IDS, RULES } from "../../../tools/review/rules";
import { ROOT } from "../../checkout";

const page = readFileSync(join(ROOT, "docs", "review.md"), "utf8");
const [, ...entries] = page.split(/^### /m);
const documented = new Map(
  entries.map((entry) => {
    const [id = "", reason = "", whatToDo = ""] = entry.split("\n\n").map((part) => part.trim().replaceAll("\n", " "));
    return [id, { reason, whatToDo }];
  }),
);

it("docs/review.md has an entry for each rule, and for no other", () => {
  expect([...documented.keys()]).toEqual(RULE_IDS);
});

it.each([...RULES.map(({ id, reason }) => [id, reason]), ...Object.entries(OTHER_RULES)])(
  "docs/review.md says why %s matters, and what to do",
  (id = "", reason = "") => {
    expect(documented.get(id)?.reason).toBe(reason);
    expect(documented.get(id)?.whatToDo).toMatch(/^[A-Z].+\.$/);
  },
);

it("no rule is twice in the table", () => {
  expect(RULE_IDS).toEqual([...new Set(RULE_IDS)]);
});
