import { handler as customAuth } from "../../functions/custom-auth";
import { handler as postAuthentication } from "../../functions/post-authentication";
import { handler as postConfirmation } from "../../functions/post-confirmation";
import { handler as preAuthentication } from "../../functions/pre-authentication";
import { handler as preSignUp } from "../../functions/pre-sign-up";
import { settingsSchema } from "../../functions/pre-sign-up/settings";
import { handler as preTokenGeneration } from "../../functions/pre-token-generation";
import { accessSchema } from "../../functions/shared/access";
import { call, captureLog, cognitoEvent } from "./handlers";
import { fakeServices } from "./services";

const log = captureLog();
const services = fakeServices();
const access = accessSchema().parse({ deniedDomains: ["example.com"] });

const TRIGGERS = [
  {
    name: "pre sign-up",
    handler: preSignUp,
    settings: { ...settingsSchema().parse({ autoConfirm: "everyone" }), access },
  },
  { name: "pre authentication", handler: preAuthentication, settings: { access } },
  { name: "pre token generation", handler: preTokenGeneration, settings: { access } },
];

describe.each(TRIGGERS)("$name, called from a source that AWS may add", ({ handler, settings }) => {
  const from = (userAttributes: Record<string, string>) => ({
    ...cognitoEvent({ triggerSource: "Future_Source", userAttributes }),
    novelty: { of: ["AWS"] },
  });

  it("gives the event back unchanged, and logs that", async () => {
    const event = from({ email: "a@example.org" });
    expect(await call(handler as typeof preSignUp, settings, event)).toEqual(event);
    expect(log.lines()).toContain("Future_Source");
    expect(log.lines()).toContain("unknown source, returned unchanged");
  });

  it("still lets nobody in who is kept out", async () => {
    const event = from({ email: "a@example.com" });
    await expect(call(handler as typeof preSignUp, settings, event)).rejects.toThrow("Users from example.com");
  });
});

it.each([
  { name: "post confirmation", handler: postConfirmation },
  { name: "post authentication", handler: postAuthentication },
  { name: "custom authentication", handler: customAuth },
])("$name, called from such a source, does nothing and gives the event back unchanged", async ({ handler }) => {
  const event = { ...cognitoEvent({ triggerSource: "Future_Source" }), novelty: { of: ["AWS"] } };
  expect(await call(handler as typeof postConfirmation, {}, event)).toEqual(event);
  expect(log.lines()).toContain("unknown source, returned unchanged");
  expect(services.calls()).toEqual([]);
});
