import { z } from "zod";
import type { Wording } from "../shared/messages/messages-settings";
import { settingsObject } from "../shared/settings-object";

/** What can be set for signing in with a code by email. */
export const settingsSchema = () =>
  settingsObject({
    /**
     * Whether the password is asked for before the code. A client that begins with SRP is asked for it anyway.
     * @default false
     */
    passwordFirst: z.boolean().default(false),
  });

export type CustomAuthSettings = z.input<ReturnType<typeof settingsSchema>>;

/** The settings as the function reads them: synthesis adds the wording, where codes are kept, and who mails them. */
export type Settings = z.output<ReturnType<typeof settingsSchema>> &
  Wording & {
    /** The sender: an address of a verified SES identity, or a name with it. */
    readonly from: string;
    /** The table of codes that live, one a user. */
    readonly table: string;
    /** The key that they are encrypted with. */
    readonly keyArn: string;
  };
