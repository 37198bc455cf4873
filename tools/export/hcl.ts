// biome-ignore-all lint/suspicious/noTemplateCurlyInString: They are the templates of Terraform.

// Prints Terraform's JSON as HCL. Both have the same templates in their texts, so only the quotes change.
// https://developer.hashicorp.com/terraform/language/syntax/json

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** What a provider says of a block: what of it is a block again. All else is an argument. */
export interface BlockSchema {
  readonly block_types?: { readonly [name: string]: { readonly block: BlockSchema } };
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as an expression. */
export function expression(value: Json): string {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value))
    return value.length === 0 ? "[]" : `[\n${value.map((one) => `${expression(one)},\n`).join("")}]`;
  if (!isObject(value)) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${key(name)} = ${expression(member)}\n`);
  return members.length === 0 ? "{}" : `{\n${members.join("")}}`;
}

const key = (name: string) => (/^[a-z_][\w-]*$/i.test(name) ? name : text(name));

/** The content of a block. Its own metadata, below `//`, is not part of it. */
export function body(content: JsonObject, schema: BlockSchema): string {
  return Object.entries(content)
    .filter(([name]) => name !== "//")
    .map(([name, value]) => {
      const nested = schema.block_types?.[name]?.block;
      if (!nested) return `${name} = ${expression(value)}\n`;
      const blocks = Array.isArray(value) ? value : [value];
      return blocks
        .filter(isObject)
        .map((one) => block(name, [], body(one, nested)))
        .join("");
    })
    .join("");
}

/** A block, as `resource "aws_s3_bucket" "code" { … }`. */
export const block = (type: string, labels: readonly string[], content: string) =>
  `${[type, ...labels.map((label) => JSON.stringify(label))].join(" ")} {\n${content}}\n`;

/** A text. A reference that is all of it becomes an expression. */
function text(value: string): string {
  const parts = partsOf(value);
  const [first] = parts;
  if (parts.length === 1 && first?.startsWith("${")) return first.slice(2, -1);
  return `"${parts.map((part) => (/^[$%]\{/.test(part) ? part : escaped(part))).join("")}"`;
}

/** The references and directives in a text, and what is between them. */
function partsOf(value: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; at++) {
    const here = value.slice(at, at + 3);
    if (/^(\$\$|%%)\{/.test(here)) {
      // An escape, which is the same in HCL.
      at += 2;
    } else if (/^[$%]\{/.test(here)) {
      if (at > start) parts.push(value.slice(start, at));
      start = endOfTemplate(value, at + 2);
      parts.push(value.slice(at, start));
      at = start - 1;
    }
  }
  if (start < value.length) parts.push(value.slice(start));
  return parts;
}

/** Where the template ends whose `{` is before this place. Braces in it come in pairs, and its texts can have others. */
function endOfTemplate(value: string, start: number): number {
  let depth = 1;
  for (let at = start; at < value.length; at++) {
    const character = value[at];
    if (character === '"') at = endOfText(value, at + 1);
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at + 1;
  }
  throw new Error(`A template does not end: ${value}`);
}

function endOfText(value: string, start: number): number {
  for (let at = start; at < value.length; at++) {
    if (value[at] === "\\") at++;
    else if (/^[$%]\{/.test(value.slice(at, at + 2))) at = endOfTemplate(value, at + 2) - 1;
    else if (value[at] === '"') return at;
  }
  throw new Error(`A text does not end: ${value}`);
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const escaped = (literal: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: HCL does not allow them in a text.
  literal.replace(/["\\\u0000-\u001f\u007f]/g, (character) => {
    return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
