import { settingsSchema } from "../../functions/custom-message/settings";
import { SettingsError } from "../checked-settings";
import { requireAddresses, requireWording, wording } from "./sending";
import { defineTrigger } from "./trigger";

/** Writes the messages that Cognito sends. */
export const customMessage = defineTrigger({
  cognitoTriggers: ["CustomMessage"],
  folder: "custom-message",
  settings: settingsSchema(),
  checksChanges: true,
  attach: (arn) => ({ customMessage: arn }),
  addedSettings: (_, pool) => ({ ...wording(pool) }),
  check(_, pool, where) {
    requireWording(pool, where);
    requireAddresses(pool, where);
    if (pool.environment.mail.sender === "ses") return;
    throw new SettingsError(
      `${where} writes the text of mails, which Cognito allows only with your own SES identity: set environments.${pool.environment.name}.mail.sender to "ses", with its identityArn and from.`,
    );
  },
});
