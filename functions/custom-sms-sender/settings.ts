import type { z } from "zod";
import { type SenderSettings, throughSchema } from "../shared/senders/sender-settings";
import { settingsObject } from "../shared/settings-object";

/** What can be set for the custom SMS sender trigger. */
export const settingsSchema = () =>
  settingsObject({
    /** What sends the text messages: SNS, or a webhook of your own. */
    through: throughSchema("sns"),
  });

export type CustomSmsSenderSettings = z.input<ReturnType<typeof settingsSchema>>;

/** The settings as the function reads them: synthesis adds the pool's key. */
export type Settings = z.output<ReturnType<typeof settingsSchema>> & SenderSettings;
