/**
 * Why a person was refused, in a word that a program can rely on: it stands in brackets at the end of the message, but
 * for the two sentences that are fixed to the letter.
 */
export const REFUSAL_CODES = [
  "domain-denied",
  "domain-not-allowed",
  "user-blocked",
  "username-too-short",
  "attributes-refused",
  "username-refused",
  "address-taken",
  "address-missing",
  "address-refused",
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Sentences that are fixed to the letter, and so carry no code. */
const FIXED: Partial<Record<RefusalCode, RegExp>> = {
  "domain-denied": /^Users from \S+ are no longer allowed to log in$/,
  "username-too-short": /^Cannot register users with username less than the minimum length of \d+$/,
};

/** The message of a refusal: what the person reads, with the code in brackets behind it. */
export const refusalMessage = (code: RefusalCode, text: string): string =>
  FIXED[code]?.test(text) ? text : `${text} [${code}]`;

/** The code in a refusal's message and the text without it; no code where the message is not one of ours. */
export function codeOf(message: string): { text: string; code?: RefusalCode } {
  const [, text = message, tag] = /^(.*) \[([\w-]+)\]$/s.exec(message) ?? [];
  const tagged = REFUSAL_CODES.find((code) => code === tag);
  if (tagged) return { text, code: tagged };
  return { text: message, code: REFUSAL_CODES.find((code) => FIXED[code]?.test(message)) };
}
