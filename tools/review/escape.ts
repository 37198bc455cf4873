import { partsOf, printable } from "./words";

// Text of a plan in Markdown. In GitHub, only code is safe from mentions, links and issue numbers.

/** Text that a code span shows as it is, also in a table. */
const SIMPLE = /^[\w./:,()*"[\]=$#+-]+( [\w./:,()*"[\]=$#+-]+)*$/;

/** Every sign that can have a meaning in Markdown or HTML. An entity never has one. */
const SIGNS = /[^\p{L}\p{N} ]/gu;

const entity = (sign: string) => `&#${sign.codePointAt(0)};`;

/** Text of a plan, as code. */
export function code(value: unknown): string {
  const text = printable(value);
  return SIMPLE.test(text) ? `\`${text}\`` : `<code>${text.replace(SIGNS, entity)}</code>`;
}

/** A sentence of the review: what comes from a plan is code. */
export const sentence = (text: string) =>
  partsOf(text)
    .map((part) => (part.quoted ? code(part.text) : part.text.replace(/[^\p{L}\p{N} ,.:;()'-]/gu, entity)))
    .join("");

/** Free text of whoever asked for the review, in one line. */
export const reason = (text: string) => code(text.replace(/\s+/g, " ").trim());
