import { settingsSchema } from "../../functions/custom-email-sender/settings";
import {
  requireAddresses,
  requireReceiver,
  requireSes,
  requireWording,
  senderPermissions,
  sendMail,
  wording,
} from "./sending";
import { defineTrigger } from "./trigger";

/** Sends mails instead of Cognito. */
export const customEmailSender = defineTrigger({
  cognitoTriggers: ["CustomEmailSender"],
  folder: "custom-email-sender",
  settings: settingsSchema(),
  checksChanges: true,
  attach: (arn, _, { codeKey }) => ({
    customEmailSender: { lambdaArn: arn, lambdaVersion: "V1_0" },
    kmsKeyId: codeKey.arn,
  }),
  needs: ["codeKey", "mailIdentity"],
  asynchronous: true,
  slowToBundle: true,
  addedSettings: ({ codeKey, mailIdentity }, pool) => ({
    ...wording(pool),
    keyArn: codeKey.arn,
    from: mailIdentity.from,
    replyTo: mailIdentity.replyTo,
  }),
  permissions: (context, { through }) => senderPermissions(context, through, sendMail(context.mailIdentity)),
  check({ through }, pool, where) {
    requireWording(pool, where);
    requireAddresses(pool, where);
    if ("service" in through) requireSes(pool, where);
    requireReceiver(through, pool, where);
  },
});
