import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COGNITO_TRIGGERS } from "../../contract/triggers";
import { TRIGGERS } from "../../lib/triggers";
import { ALL_TRIGGERS, SES_MAIL } from "../all-triggers";
import { ROOT } from "../checkout";
import { resource, staffPool } from "./synthesized";

const triggers = Object.entries(TRIGGERS);
const allSlots = slotsWith(ALL_TRIGGERS.triggers);
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
/** The rows of a page's tables, each as its cells. */
const rows = (page: string) =>
  page.split("\n").flatMap((line) => (line.startsWith("| ") ? [line.split("|").slice(1, -1)] : []));
/** "Pre Sign-up" and "PreSignUp" are one name. */
const letters = (text: string) => text.replace(/\]\([^)]*\)|[^A-Za-z]/g, "").toLowerCase();

it("holds each trigger of Cognito once", () => {
  expect(triggers.flatMap(([, { cognitoTriggers }]) => cognitoTriggers).sort()).toEqual([...COGNITO_TRIGGERS].sort());
});

describe.each(triggers)("%s", (name, { folder, cognitoTriggers }) => {
  it("stands in the README's table", () => {
    const cells = rows(read("README.md")).map(([, trigger = ""]) => letters(trigger));
    for (const trigger of cognitoTriggers) {
      expect(cells.filter((cell) => cell.includes(trigger.toLowerCase()))).toHaveLength(1);
    }
  });

  it("stands in docs/triggers.md, with its folder, its slots and a link to AWS's page", () => {
    const [row, ...more] = rows(read("docs/triggers.md")).filter(([, , setting]) => setting === ` \`${name}\` `);
    expect(more).toEqual([]);
    const [, cognito = "", , itsFolder, slots = ""] = row ?? [];
    expect(letters(cognito)).toBe(cognitoTriggers.join("").toLowerCase());
    expect(cognito.match(/\(https:\/\/docs\.aws\.amazon\.com\/cognito\/[^)]+\)/g)).toHaveLength(cognitoTriggers.length);
    expect(itsFolder).toBe(` \`${folder}\` `);
    expect([...slots.matchAll(/`(\w+_\w+)`/g)].map(([, slot]) => slot).sort()).toEqual(slotsOf(name).sort());
  });

  it("has each of its settings in docs/settings.md", () => {
    const settings = Object.keys(TRIGGERS[name as keyof typeof TRIGGERS].settings.shape);
    const sections = read("docs/settings.md").split(/^#{2,3} /m);
    const section = sections.find((text) => text.split("\n", 1)[0]?.includes(`\`${name}\``)) ?? "";
    const explained = rows(section).map(([names = ""]) => names);
    // Settings below a setting have rows of their own, such as `idToken.claims`.
    const missing = settings.filter((setting) => !explained.some((names) => names.match(`\`${setting}[\`.]`)));
    expect(missing).toEqual([]);
  });
});

it("explains every slot of a pool with every trigger", () => {
  const explained = new Set(triggers.flatMap(([name]) => slotsOf(name)));
  expect([...allSlots].sort()).toEqual([...explained].sort());
});

function slotsWith(triggers: object): string[] {
  const stack = staffPool({ ...ALL_TRIGGERS, triggers }, { mail: SES_MAIL });
  return Object.keys(resource(stack, "aws_cognito_user_pool", "staff_").lambda_config);
}

/** What a pool with every trigger has in `lambda_config` that it lacks when this one is not attached. */
function slotsOf(name: string): string[] {
  const own = ALL_TRIGGERS.triggers[name as keyof typeof ALL_TRIGGERS.triggers];
  const without = slotsWith({ ...ALL_TRIGGERS.triggers, [name]: { ...own, attached: false } });
  const missing = allSlots.filter((slot) => !without.includes(slot));
  // Both senders name the key, so that it stays when one of them goes.
  return name.endsWith("Sender") ? [...missing, "kms_key_id"] : missing;
}
