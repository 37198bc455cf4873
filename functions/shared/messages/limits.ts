import { LANGUAGES, type Language } from "./languages";
import { compose, type Message, type Values } from "./message";
import { CODE_KINDS, type Kind } from "./words";

/**
 * The most characters that Cognito takes.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export const MOST_CHARACTERS = { subject: 140, html: 20_000, sms: 140 } as const;

/** The placeholders of Cognito, as the custom message trigger returns them. Cognito replaces them with values. */
const PLACEHOLDERS: Values = { "####": "{####}", username: "{username}" };

/**
 * The longest that Cognito itself makes: a code of 8 digits, a UUID for a user name, a temporary password of 16
 * characters. An administrator's own may be longer; then one text message is sent as two.
 */
const LONGEST: Values = {
  "####": "0".repeat(16),
  username: "0".repeat(36),
  time: "0".repeat(40),
  place: "0".repeat(80),
  ip: "0".repeat(39),
};

const LONGEST_CODE: Values = { ...LONGEST, "####": "0".repeat(8) };

/**
 * What is wrong with the messages, if anything: one that is too long with the longest values, or in which a placeholder
 * is missing, misspelt, or stands where it should not. It runs at synthesis over all kinds and languages, so that
 * nothing is found to be wrong when somebody waits for it.
 */
export function messageProblem(app: string): string | undefined {
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    for (const kind of [...CODE_KINDS, "AccountTakeOverNotification"] as const) {
      const longest = kind === "AdminCreateUser" ? LONGEST : LONGEST_CODE;
      const template = compose(language, kind, { ...LONGEST, app, ...PLACEHOLDERS });
      const problem = misplaced(kind, template) ?? tooLong(compose(language, kind, { app, ...longest }));
      if (problem) return `makes ${kind} in "${language}" wrong: ${problem}`;
    }
  }
  return undefined;
}

function tooLong(message: Message): string | undefined {
  const lengthOf = (part: keyof typeof MOST_CHARACTERS) => message[part]?.length ?? 0;
  const part = (["subject", "html", "sms"] as const).find((name) => lengthOf(name) > MOST_CHARACTERS[name]);
  return part && `its ${part} is ${lengthOf(part)} characters, of at most ${MOST_CHARACTERS[part]}`;
}

function misplaced(kind: Kind, { subject, html, sms }: Message): string | undefined {
  const [misspelt] = /\{(?!####\}|username\})[^}]*\}?/.exec(subject + html + sms) ?? [];
  if (misspelt) return `nothing is put in the place of ${misspelt}`;
  const required = { "{####}": kind !== "AccountTakeOverNotification", "{username}": kind === "AdminCreateUser" };
  for (const [placeholder, isRequired] of Object.entries(required)) {
    const count = (text: string) => text.split(placeholder).length - 1;
    if (count(subject) > 0) return `its subject shows ${placeholder} on a locked screen`;
    for (const [name, text] of Object.entries({ mail: html, sms: sms ?? html })) {
      if (count(text) !== Number(isRequired)) return `its ${name} holds ${placeholder} ${count(text)} times`;
    }
  }
  return undefined;
}
