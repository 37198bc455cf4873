import { escapeHtml, mailHtml } from "./html";
import { LANGUAGES, type Language } from "./languages";
import type { CodeWords, Kind, Words } from "./words";

/** The values that replace a message's placeholders. `####` is the code or the temporary password. */
export type Values = Partial<Record<"app" | "####" | "username" | "time" | "place" | "ip", string>>;

/** One message, as a mail and as a text message. */
export interface Message {
  readonly subject: string;
  readonly html: string;
  /** The mail as plain text. */
  readonly text: string;
  /** The text message. A notification has none. */
  readonly sms?: string;
}

/**
 * Writes a message in one language. As values, the custom message trigger gives Cognito's placeholders, and the senders
 * give the real values. All values are plain text, and are escaped in HTML.
 */
export function compose(language: Language, kind: Kind, values: Values): Message {
  const { subject, mail, sms }: Words & Partial<CodeWords> = LANGUAGES[language][kind];
  const paragraphs = mail.filter((words) => placeholders(words).every((name) => values[name]));
  return {
    subject: oneLine(fill(subject, values)),
    html: mailHtml(
      language,
      paragraphs.map((words) => ({ html: fill(words, values, escapeHtml), isCode: words === "{####}" })),
    ),
    text: paragraphs.map((words) => fill(words, values)).join("\n\n"),
    sms: sms && oneLine(fill(sms, values)),
  };
}

const PLACEHOLDER = /\{(app|####|username|time|place|ip)\}/g;

const placeholders = (words: string) => [...words.matchAll(PLACEHOLDER)].map(([, name]) => name as keyof Values);

/** Replaces all placeholders in one pass, so that a value that looks like a placeholder is not replaced. */
function fill(words: string, values: Values, asWritten = (text: string) => text): string {
  return words.replace(PLACEHOLDER, (_, name: keyof Values) => asWritten(values[name] ?? ""));
}

/** Removes line breaks, because a line break in a subject would begin another header. Other spaces stay. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]/gu, " ");
