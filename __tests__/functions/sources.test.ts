import { handler as customAuth } from "../../functions/custom-auth";
import { handler as customEmailSender } from "../../functions/custom-email-sender";
import { handler as customMessage } from "../../functions/custom-message";
import { handler as customSmsSender } from "../../functions/custom-sms-sender";
import { handler as postAuthentication } from "../../functions/post-authentication";
import { handler as postConfirmation } from "../../functions/post-confirmation";
import { handler as preAuthentication } from "../../functions/pre-authentication";
import { handler as preSignUp } from "../../functions/pre-sign-up";
import { settingsSchema } from "../../functions/pre-sign-up/settings";
import { handler as preTokenGeneration } from "../../functions/pre-token-generation";
import { settingsSchema as tokenSettingsSchema } from "../../functions/pre-token-generation/settings";
import { accessSchema } from "../../functions/shared/access";
import { call, captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const access = accessSchema().parse({ deniedDomains: ["example.com"] });

const TRIGGERS = [
  {
    name: "pre sign-up",
    handler: preSignUp,
    settings: { ...settingsSchema().parse({ autoConfirm: "everyone" }), access },
  },
  { name: "pre authentication", handler: preAuthentication, settings: { access } },
  {
    name: "pre token generation",
    handler: preTokenGeneration,
    settings: { ...tokenSettingsSchema().parse({ idToken: { suppress: ["email"] } }), access },
  },
];

/** Those that refuse nobody: they have to do nothing, and without settings could do nothing else. */
const OPEN_TRIGGERS = [
  { name: "custom message", handler: customMessage, settings: {} },
  { name: "custom email sender", handler: customEmailSender, settings: {} },
  { name: "custom SMS sender", handler: customSmsSender, settings: {} },
  { name: "post confirmation", handler: postConfirmation, settings: {} },
  { name: "post authentication", handler: postAuthentication, settings: {} },
  { name: "custom authentication", handler: customAuth, settings: {} },
];

const from = (userAttributes: Record<string, string>) => ({
  ...cognitoEvent({ triggerSource: "Future_Source", userAttributes }),
  novelty: { of: ["AWS"] },
});

describe.each([...TRIGGERS, ...OPEN_TRIGGERS])(
  "$name, called from a source that AWS may add",
  ({ handler, settings }) => {
    it("gives the event back unchanged, and logs that", async () => {
      const event = from({ email: "a@example.org" });
      expect(await call(handler as typeof preSignUp, settings, event)).toEqual(event);
      expect(log.lines()).toContain("Future_Source");
      expect(log.lines()).toContain("unknown source, returned unchanged");
    });
  },
);

it.each(TRIGGERS)("$name, called from such a source, still lets nobody in who is kept out", async (trigger) => {
  const { handler, settings } = trigger;
  const event = from({ email: "a@example.com" });
  await expect(call(handler as typeof preSignUp, settings, event)).rejects.toThrow("Users from example.com");
});
