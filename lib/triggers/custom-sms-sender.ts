import { settingsSchema } from "../../functions/custom-sms-sender/settings";
import { SettingsError } from "../checked-settings";
import { PHONE_NUMBERS } from "../text-messages";
import { requireReceiver, requireWording, senderPermissions, wording } from "./sending";
import { defineTrigger } from "./trigger";

/** Sends text messages instead of Cognito. */
export const customSmsSender = defineTrigger({
  cognitoTriggers: ["CustomSMSSender"],
  folder: "custom-sms-sender",
  settings: settingsSchema(),
  checksChanges: true,
  attach: (arn, _, { codeKey }) => ({
    customSmsSender: { lambdaArn: arn, lambdaVersion: "V1_0" },
    kmsKeyId: codeKey.arn,
  }),
  needs: ["codeKey"],
  asynchronous: true,
  slowToBundle: true,
  addedSettings: ({ codeKey }, pool) => ({ ...wording(pool), keyArn: codeKey.arn }),
  permissions: (context, { through }) =>
    senderPermissions(context, through, {
      name: "send-text-messages",
      actions: ["sns:Publish"],
      on: PHONE_NUMBERS,
    }),
  check({ through }, pool, where) {
    requireWording(pool, where);
    if (!pool.verifies?.includes("phone_number")) {
      throw new SettingsError(
        `${where} sends text messages, but this pool needs none: add "phone_number" to ${pool.id}.verifies.`,
      );
    }
    requireReceiver(through, pool, where);
  },
});
