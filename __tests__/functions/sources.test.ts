import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accessSchema } from "../../functions/shared/access";
import { TRIGGERS, type TriggerName } from "../../lib/triggers";
import type { Trigger } from "../../lib/triggers/trigger";
import { ALL_TRIGGERS } from "../all-triggers";
import { call, captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const access = accessSchema().parse({ deniedDomains: ["example.com"] });
const names = Object.keys(TRIGGERS) as TriggerName[];
const all = names.map((name) => {
  const { folder, enforcesAccess = false, settings }: Trigger = TRIGGERS[name];
  return {
    name,
    folder,
    enforcesAccess,
    handler: jest.requireActual(`../../functions/${folder}`).handler,
    settings: { ...settings.parse(ALL_TRIGGERS.triggers[name]), ...(enforcesAccess && { access }) },
  };
});

const from = (userAttributes: Record<string, string>) => ({
  ...cognitoEvent({ triggerSource: "Future_Source", userAttributes }),
  novelty: { of: ["AWS"] },
});

it.each(all)(
  "$name, called from a source that AWS may add, gives the event back unchanged, and logs that",
  async ({ handler, settings }) => {
    const event = from({ email: "a@example.org" });
    expect(await call(handler, settings, event)).toEqual(event);
    expect(log.lines()).toContain("Future_Source");
    expect(log.lines()).toContain("unknown source, returned unchanged");
  },
);

it.each(all.filter(({ enforcesAccess }) => enforcesAccess))(
  "$name, called from such a source, still lets nobody in who is kept out",
  async ({ handler, settings }) => {
    await expect(call(handler, settings, from({ email: "a@example.com" }))).rejects.toThrow("Users from example.com");
  },
);

it.each(all)("$name has tests of its own", ({ folder }) => {
  const tests = readdirSync(__dirname).filter((file) => file.endsWith(".test.ts"));
  const imports = new RegExp(`from "../../functions/${folder}["/]`);
  expect(tests.filter((file) => imports.test(readFileSync(join(__dirname, file), "utf8")))).not.toEqual([]);
});

it("has triggers that refuse people", () => {
  expect(all.filter(({ enforcesAccess }) => enforcesAccess)).toHaveLength(3);
});
