import { normalName } from "./names";

/**
 * Whether a user name leads to a person, because it is an email address or a phone number. It finds the spellings that
 * look alike, or that programs understand. It cannot find what only people understand, such as `ann(at)example.org`.
 */
export function isContact(userName: string): boolean {
  const name = normalName(userName);
  return isAddress(name) || isPhoneNumber(name);
}

/** Whether it has an `@`, also as a link (`%40`) or a page (`&#64;`, or without the `;`) has it. */
const isAddress = (name: string) => /@|%40|&(?:#0*64|#x0*40|commat;)/.test(name);

// The patterns stand in the function because Node prepares them when it first runs. Only pools with `anonymous` call it.
function isPhoneNumber(name: string): boolean {
  // The scheme of an address, or a word, that people write before a phone number: `tel:06…`, `sms06…`, `whatsapp=06…`.
  const scheme = /^\p{L}[\p{L}\p{Nd}+.-]*:/u;
  const word = /^(?:call|fax|mob|mobile|phone|signal|sms|tel|text|whatsapp)(?=[^\p{L}])/u;

  // Links without a scheme that open a chat with a number.
  const chatLink = /^(?:wa|t|signal)\.me\//;

  // What stands between the parts of a link, and between two numbers.
  const between = /[?&;=/#,|+]/;

  // The parameters of a `tel:` address, and an extension.
  const after = /(?:;.*|(?:#|ext|x)\W*\d{1,6})$/su;

  // Everything that stands between digits or on them: punctuation, signs, white space, and marks such as a keycap's.
  const around = /[\p{P}\p{S}\p{Z}\p{C}\p{M}]/gu;

  // Seven digits at least, and up to the 15 of E.164. Of any script, also as circled digits and as numerals of Chinese,
  // which NFKC leaves as they are: the usual ones, and those of cheques.
  const number = /^[\p{N}零一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸]{7,15}$/u;

  const isNumber = (text: string) => number.test(text.replace(around, ""));
  const hasScheme = scheme.test(name);
  const without = name.replace(hasScheme ? scheme : word, "");
  const parts = without.split(between).filter((part) => part.replace(around, "") !== "");
  if ((hasScheme || chatLink.test(name)) && parts.some(isNumber)) return true;
  if (parts.length > 1 && parts.every(isNumber)) return true;
  return [without, without.replace(after, "")].some(isNumber);
}
