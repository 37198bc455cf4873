import { escapeHtml, mailHtml } from "./html";
import { LANGUAGES, type Language } from "./languages";
import type { CodeWords, Kind, Words } from "./words";

/** What is put in the place of a message's placeholders; `####` is the code or the temporary password. */
export type Values = Partial<Record<"app" | "####" | "username" | "time" | "place" | "ip", string>>;

/** One message, in the forms of both media. */
export interface Message {
  readonly subject: string;
  readonly html: string;
  /** The mail as plain text. */
  readonly text: string;
  /** The text message; the notification has none. */
  readonly sms?: string;
}

/**
 * A message in somebody's language. The custom message trigger puts Cognito's own placeholders in, the senders what is
 * behind them; each passes through here as text, and comes out escaped where the text is HTML.
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

/** In one pass, so that a value which looks like a placeholder stays what it is. */
function fill(words: string, values: Values, asWritten = (text: string) => text): string {
  return words.replace(PLACEHOLDER, (_, name: keyof Values) => asWritten(values[name] ?? ""));
}

/** A line break in a subject would begin another header. A password keeps every space that it has. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]/gu, " ");
