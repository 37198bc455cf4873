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
  // The programs and words that people write before a phone number: `tel:0612345678`, `sms06…`, `whatsapp=06…`.
  const before = /^(?:\p{L}[\p{L}\p{Nd}+.-]*:|(?:call|fax|mob|mobile|phone|signal|sms|tel|text|whatsapp)(?=[^\p{L}]))/u;

  // Links that open a chat, and any other address with a scheme.
  const link = /^(?:\p{L}[\p{L}\p{Nd}+.-]*:|(?:wa|t|signal)\.me\/)/u;

  // What parts a link, and what people write between two numbers.
  const between = /[?&;=/#,|+]/;

  // The parameters of a `tel:` address, and an extension.
  const after = /(?:;.*|(?:#|ext|x)\W*\d{1,6})$/su;

  // Everything that stands between digits or on them: punctuation, signs, white space, and marks such as a keycap's.
  const around = /[\p{P}\p{S}\p{Z}\p{C}\p{M}]/gu;

  // Seven digits at least, and up to the 15 of E.164. Of any script, also as circled digits and as numerals of Chinese,
  // which NFKC leaves as they are: the usual ones, and those of cheques.
  const number = /^[\p{N}零一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸]{7,15}$/u;

  const isNumber = (text: string) => number.test(text.replace(around, ""));
  const without = name.replace(before, "");
  const parts = without.split(between).filter((part) => part.replace(around, "") !== "");
  if (link.test(name) && parts.some(isNumber)) return true;
  if (parts.length > 1 && parts.every(isNumber)) return true;
  return [without, without.replace(after, "")].some(isNumber);
}
