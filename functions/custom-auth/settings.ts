import { z } from "zod";
import { settingsObject } from "../shared/settings";
import { PLACEHOLDER } from "./one-time-code";

/** What can be set for signing in with a code by email. */
export const settingsSchema = () =>
  settingsObject({
    /**
     * Whether the password is asked for before the code. A client that begins with SRP is asked for it anyway.
     * @default false
     */
    passwordFirst: z.boolean().default(false),
    /** The mail's subject, in one line. */
    subject: z
      .string()
      .min(1)
      .max(140, "must be 140 characters at most")
      .regex(/^[^\r\n]+$/, "must be one line")
      .refine((text) => !text.includes(PLACEHOLDER), "must not hold the code, which a locked screen would show")
      .default("Your sign-in code"),
    /** The mail itself, in HTML; `{####}` stands for the code. */
    message: z
      .string()
      .max(2000, "must be 2000 characters at most")
      .includes(PLACEHOLDER, `must contain ${PLACEHOLDER}, which stands for the code`)
      .default(
        "<p>Your code is <strong>{####}</strong>. It is valid for two minutes.</p>" +
          "<p>If you are not signing in, you need not do anything. Never tell anybody the code.</p>",
      ),
  });

export type CustomAuthSettings = z.input<ReturnType<typeof settingsSchema>>;

/** The settings as the function reads them: synthesis adds where codes are kept, and who mails them. */
export type Settings = z.output<ReturnType<typeof settingsSchema>> & {
  /** The sender: an address of a verified SES identity, or a name with it. */
  readonly from: string;
  /** The table of codes that live, one a user. */
  readonly table: string;
  /** The key that they are encrypted with. */
  readonly keyArn: string;
};
