import { z } from "zod";
import { settingsObject } from "../settings-object";
import { LANGUAGES, type Language } from "./languages";
import { MOST_CHARACTERS, messageProblem } from "./limits";

/** How a pool writes to people: one property of the pool, which drives every trigger that does. */
export const messagesSchema = () =>
  settingsObject({
    /** What people know the app as; it stands in every subject and text. */
    appName: z
      .string({ error: "must be the app's name" })
      // What Cognito takes in a message, without braces, which are its placeholders', and line breaks.
      .regex(
        /^(?! )(?!.*[{}])[\p{L}\p{M}\p{S}\p{N}\p{P} ]{1,40}(?<! )$/u,
        "must be 1 to 40 characters on one line, without braces",
      )
      .superRefine((app, context) => {
        const problem = messageProblem(app);
        if (problem) context.addIssue({ code: "custom", message: problem });
      }),
    /**
     * The language of those whose `locale` attribute names none that there are words in.
     * @default "en"
     */
    defaultLanguage: z.enum(Object.keys(LANGUAGES) as [Language, ...Language[]]).default("en"),
    /**
     * The words of the messages with a code that Cognito sends itself, where no trigger words or sends them.
     * @default Cognito's own words
     */
    verification: templateSchema("{####}").optional(),
    /**
     * The same of an administrator's invitation, with the temporary password.
     * @default Cognito's own words
     */
    invitation: templateSchema("{username}", "{####}").optional(),
  });

/**
 * The words of one message that Cognito sends itself.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html
 */
const templateSchema = (...placeholders: string[]) => {
  const text = (most: number) =>
    placeholders.reduce(
      (schema, placeholder) => schema.includes(placeholder, `must contain ${placeholder}`),
      z.string().max(most, `must be ${most} characters at most`),
    );
  return settingsObject({
    /** The mail's subject, in one line. A locked screen shows it, so it must not hold the code. */
    subject: z
      .string()
      .min(1)
      .max(MOST_CHARACTERS.subject, `must be ${MOST_CHARACTERS.subject} characters at most`)
      .regex(/^(?!.*\{####\})[^\r\n]+$/, "must be one line, without {####}")
      .optional(),
    /** The mail, in HTML. */
    mail: text(MOST_CHARACTERS.html).optional(),
    /** The text message. */
    sms: text(MOST_CHARACTERS.sms).optional(),
  });
};

export type MessagesSettings = z.output<ReturnType<typeof messagesSchema>>;

/** What the function of a trigger reads of it that writes to people: synthesis adds it. */
export type Wording = Pick<MessagesSettings, "appName" | "defaultLanguage">;
