import { de } from "./de";
import { en } from "./en";
import { es } from "./es";
import { nl } from "./nl";

/** Every language of the messages. */
export const LANGUAGES = { en, nl, de, es };

export type Language = keyof typeof LANGUAGES;

/**
 * The language that a user's `locale` attribute asks for: `nl`, `nl-NL` and `nl_NL` all ask for Dutch.
 * @param otherwise the language if there is no such attribute or no such language
 */
export function languageOf(locale: string | undefined, otherwise: Language): Language {
  const code = /^[a-z]+(?=$|[-_])/i.exec(locale?.trim() ?? "")?.[0].toLowerCase() ?? "";
  return Object.hasOwn(LANGUAGES, code) ? (code as Language) : otherwise;
}
