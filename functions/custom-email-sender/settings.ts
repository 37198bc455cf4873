import type { z } from "zod";
import { type SenderSettings, throughSchema } from "../shared/senders/sender-settings";
import { settingsObject } from "../shared/settings-object";

/** What can be set for the custom email sender trigger. */
export const settingsSchema = () =>
  settingsObject({
    /** What sends the mails: SES, or a webhook of your own. */
    through: throughSchema("ses"),
  });

export type CustomEmailSenderSettings = z.input<ReturnType<typeof settingsSchema>>;

/** The settings as the function reads them: synthesis adds the pool's key, and for SES the sender. */
export type Settings = z.output<ReturnType<typeof settingsSchema>> &
  SenderSettings & {
    /** An address of a verified SES identity, or a name with it. */
    readonly from?: string;
    /** The address that answers go to, if it is another one. */
    readonly replyTo?: string;
  };
