import { z } from "zod";
import type { Wording } from "../shared/messages/messages-settings";
import { settingsObject } from "../shared/settings-object";

/** The settings of sign-in with a code by email. */
export const settingsSchema = () =>
  settingsObject({
    /**
     * Whether every client must give the password before the code. A client that begins with SRP always does.
     * @default false
     */
    passwordFirst: z.boolean().default(false),
  });

export type CustomAuthSettings = z.input<ReturnType<typeof settingsSchema>>;

/** The settings as the function reads them. Synthesis adds the message settings, the sender, the table and the key. */
export type Settings = z.output<ReturnType<typeof settingsSchema>> &
  Wording & {
    /** The sender: an address of a verified SES identity, or a name with it. */
    readonly from: string;
    /** The address that answers go to, if it is another one. */
    readonly replyTo?: string;
    /** The table of valid codes. */
    readonly table: string;
    /** The ARN of the key that encrypts the codes. */
    readonly keyArn: string;
  };
