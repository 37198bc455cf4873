import { createHash } from "node:crypto";
import { legacyItem } from "../../../tools/legacy-item";
import { LEGACY_TABLE, SES_MAIL, WEBHOOK_SECRET } from "../../all-triggers";
import { fixture } from "../fixture";
import { newAddress } from "../people";
import { callJson, callQuery } from "../services";
import { used } from "../used-values";

/** What the webhooks of the stack's pools are signed with. */
export const WEBHOOK_KEY = used(createHash("sha256").update("a secret of the tests").digest("base64"));

const stack = fixture<"all" | "ordinary" | "worded" | "hooked">("triggers");

/** The stack of fixtures/triggers.ts, which the tests of all triggers share. */
export const TRIGGERS_STACK = {
  ...stack,

  /** Makes what must be in the account before it. */
  async prepare(): Promise<void> {
    const EmailAddress = /<(.+)>/.exec(SES_MAIL.from)?.[1] ?? "";
    await callQuery("ses", "VerifyEmailIdentity", { EmailAddress });
    await callJson("ssm", "AmazonSSM.PutParameter", {
      Name: WEBHOOK_SECRET,
      Value: `whsec_${WEBHOOK_KEY}`,
      Type: "SecureString",
      Overwrite: true,
    });
  },

  /** Puts somebody into the directory that people are migrated from. @returns the address, which is the user name */
  async legacyUser(password: string, attributes: Record<string, string> = {}): Promise<string> {
    const address = newAddress();
    const Item = await legacyItem(address, password, { mail: address, ...attributes });
    await callJson("dynamodb", "DynamoDB_20120810.PutItem", { TableName: LEGACY_TABLE, Item });
    return address;
  },

  /** Its pools, deployed here if no test did it before. */
  async ready() {
    if (!stack.exists()) {
      await this.prepare();
      await stack.deploy();
    }
    return stack.pools();
  },
};
