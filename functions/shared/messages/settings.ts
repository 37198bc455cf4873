import { z } from "zod";
import { LANGUAGES, type Language } from "./languages";
import { messageProblem } from "./limits";

/** The settings of every trigger that writes to people. */
export const messageShape = () => ({
  /**
   * The language of those whose `locale` attribute names none that there are words in.
   * @default "en"
   */
  defaultLanguage: z.enum(Object.keys(LANGUAGES) as [Language, ...Language[]]).default("en"),
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
});
