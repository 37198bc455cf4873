import { addressParts } from "./domains";

// One person or address can be written in several ways. This file decides which ways are the same. Rules and the block
// list compare with it. Nothing is stored or sent in these spellings: Cognito keeps what the person typed, and two
// spellings can be two users there.

// Invisible characters that Cognito accepts in a user name, such as the Hangul filler or a variation selector. Braille
// has a blank pattern. White space is in the list too, because Cognito accepts none in a user name.
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Z}\u2800]/gu;

// What stands in an address without quotation marks: see addressParts.
const PLAIN = /^[^"(),:;<>@[\\\]]+$/u;

// As in +31 (0)6 12345678: a zero that is dialled only inside the country.
const TRUNK_ZERO = /^(\+\d{1,3})\W*\(0\)/;

/** The most and the fewest digits of a phone number: E.164 has up to 15, and fewer than 7 are a short code. */
const NUMBER = /^\+\d{7,15}$/;

/** A text without the characters that people do not see. */
export const visible = (text: string): string => text.replace(INVISIBLE, "");

/**
 * A user name in its normal spelling: Unicode's NFKC with full case folding, and without invisible characters. So `É` as
 * one character and as two, `STRASSE` and `straße`, and `ａｎｎ` and `ann` are the same, but `ı` and `i` are not. A normal
 * spelling is its own normal spelling.
 * @see https://www.unicode.org/versions/latest/core-spec/chapter-3/#G34145 for D146, which needs the second pass
 */
export function normalName(name: string): string {
  const pass = (text: string) => visible(foldCase(text).normalize("NFKC"));
  return pass(pass(pass(name.normalize("NFD"))));
}

// By single characters, because toLowerCase spells a sigma at the end of a word in another way. Most characters of the
// world have no case, and a client chooses how many there are, so they cost nothing. The runtime has no function for case
// folding. The test compares this one with Unicode's table. The dotless ı is not an i, but its capital is the I of both.
const CASED = /(?!ı)\p{Changes_When_Casemapped}/gu;
const foldCase = (text: string) => text.replace(CASED, (one) => one.toLowerCase().toUpperCase().toLowerCase());

/**
 * An email address in its normal spelling: the local part as a user name, the domain by UTS 46. Quotation marks around
 * the local part are left out where nothing needs them. Dots and `+tag` stay, because mail providers treat them
 * differently.
 * @returns undefined for text that is no address, and where mail programs would disagree on the domain
 */
export function normalAddress(address: string): string | undefined {
  const parts = addressParts(address);
  if (!parts) return undefined;
  const written = parts.local.startsWith('"') ? parts.local.slice(1, -1).replace(/\\(.)/gsu, "$1") : parts.local;
  const content = normalName(written);
  const local = PLAIN.test(content) ? content : `"${content.replace(/["\\]/g, "\\$&")}"`;
  return `${local}@${parts.domain}`;
}

/**
 * An international phone number as `+` and its digits (E.164), without spaces and punctuation. Only digits that NFKC
 * makes 0 to 9 count, because Cognito stores no others.
 * @returns undefined for text that is no such number
 */
export function normalPhoneNumber(number: string): string | undefined {
  const compact = normalName(number)
    .replace(TRUNK_ZERO, "$1")
    .replace(/[\p{Pd}\p{Ps}\p{Pe}./]/gu, "");
  return NUMBER.test(compact) ? compact : undefined;
}

/** Any name of a person (user name, `sub`, address or phone number) in its normal spelling. */
export function normalUser(name: string): string {
  const plain = normalName(name);
  // The first normalAddress sees the domain as it is written: UTS 46 and case folding differ on ß. The second one finds
  // an address that is one only in its normal spelling.
  return normalAddress(name) ?? normalAddress(plain) ?? normalPhoneNumber(plain) ?? plain;
}
