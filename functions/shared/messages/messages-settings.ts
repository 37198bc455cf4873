import { z } from "zod";
import { settingsObject } from "../settings-object";
import { LANGUAGES, type Language } from "./languages";
import { MOST_CHARACTERS, messageProblem } from "./limits";

/** How a pool writes to people. Every trigger that writes messages uses this property of the pool. */
export const messagesSchema = () =>
  settingsObject({
    /** The name of the app, in every subject and text. */
    appName: z
      .string({ error: "must be the app's name" })
      // The characters that Cognito accepts in a message, without line breaks, and without braces, which mark
      // placeholders.
      .regex(
        /^(?! )(?!.*[{}])[\p{L}\p{M}\p{S}\p{N}\p{P} ]{1,40}(?<! )$/u,
        "must be 1 to 40 characters on one line, without braces",
      )
      .superRefine((app, context) => {
        const problem = messageProblem(app);
        if (problem) context.addIssue({ code: "custom", message: problem });
      }),
    /**
     * The language for users whose `locale` is missing or names no language of the messages.
     * @default "en"
     */
    defaultLanguage: z.enum(Object.keys(LANGUAGES) as [Language, ...Language[]]).default("en"),
    /**
     * The texts of the messages with a code, if Cognito writes and sends them and no trigger does.
     * @default Cognito's own texts
     */
    verification: templateSchema("{####}").optional(),
    /**
     * The same for an administrator's invitation, with the temporary password.
     * @default Cognito's own texts
     */
    invitation: templateSchema("{username}", "{####}").optional(),
  });

/** The characters that Cognito takes. An emoji can have an invisible one inside, such as the joiner of a family. */
const visible = () =>
  z
    .string()
    .regex(
      /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s]*$/u,
      "must be without invisible characters, also without those inside an emoji",
    );

/**
 * The texts of one message that Cognito itself sends.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html
 */
const templateSchema = (...placeholders: string[]) => {
  const text = (most: number) =>
    placeholders.reduce(
      (schema, placeholder) => schema.includes(placeholder, `must contain ${placeholder}`),
      visible().max(most, `must be ${most} characters at most`),
    );
  return settingsObject({
    /** The mail's subject, in one line. A locked screen shows it, so it must not hold the code. */
    subject: visible()
      .min(1)
      .max(MOST_CHARACTERS.subject, `must be ${MOST_CHARACTERS.subject} characters at most`)
      .regex(/^(?!.*\{####\}).+$/, "must be one line, without {####}")
      .optional(),
    /** The mail, in HTML. */
    mail: text(MOST_CHARACTERS.html).optional(),
    /** The text message. */
    sms: text(MOST_CHARACTERS.sms).regex(/^.*$/, "must be one line").optional(),
  });
};

export type MessagesSettings = z.output<ReturnType<typeof messagesSchema>>;

/** The settings of `messages` that a function reads. Synthesis adds them. */
export type Wording = Pick<MessagesSettings, "appName" | "defaultLanguage">;
