import { randomBytes } from "node:crypto";
import { SES_MAIL, WEBHOOK_SECRET } from "../all-triggers";
import { fixture } from "./fixture";
import { callJson, callQuery } from "./services";
import { used } from "./used-values";

/** What the webhooks of the stack's pools are signed with. */
export const webhookSecret = used(randomBytes(32).toString("base64"));

/** The stack of fixtures/triggers.ts, and what must be in the account before it. */
export const TRIGGERS_STACK = {
  ...fixture<"all" | "ordinary" | "worded" | "hooked">("triggers"),

  async prepare(): Promise<void> {
    const EmailAddress = /<(.+)>/.exec(SES_MAIL.from)?.[1] ?? "";
    await callQuery("ses", "VerifyEmailIdentity", { EmailAddress });
    await callJson("ssm", "AmazonSSM.PutParameter", {
      Name: WEBHOOK_SECRET,
      Value: `whsec_${webhookSecret}`,
      Type: "SecureString",
      Overwrite: true,
    });
  },
};
