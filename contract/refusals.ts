/**
 * Why a person was refused, as a code for programs. The code is in brackets at the end of the message. Only the two
 * sentences with a fixed text have no code.
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
  "provider-refused",
  "use-provider",
  "address-unverified",
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** The sentences with a fixed text. Their message has no code. */
const FIXED: Partial<Record<RefusalCode, RegExp>> = {
  "domain-denied": /^Users from \S+ are no longer allowed to log in$/,
  "username-too-short": /^Cannot register users with username less than the minimum length of \d+$/,
};

/** The message of a refusal: the text that the person reads, then the code in brackets. */
export const refusalMessage = (code: RefusalCode, text: string): string =>
  FIXED[code]?.test(text) ? text : `${text} [${code}]`;

/** Splits a refusal's message into its text and its code. There is no code if the message is not a refusal of ours. */
export function codeOf(message: string): { text: string; code?: RefusalCode } {
  const [, text = message, tag] = /^(.*) \[([\w-]+)\]$/s.exec(message) ?? [];
  const tagged = REFUSAL_CODES.find((code) => code === tag);
  if (tagged) return { text, code: tagged };
  return { text: message, code: REFUSAL_CODES.find((code) => FIXED[code]?.test(message)) };
}
