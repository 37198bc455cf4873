import { domainToASCII } from "node:url";
import fc from "fast-check";
import { type Domain, domainOf, listedDomain, normalDomain } from "../../functions/shared/domains";

// Letters that change their case one to one, or have none; some of them decompose.
const LETTERS = [..."abcxyz0189éüñçøжйωλ日本ガ한"];
const DOTS = [".", "。", "．", "｡"];
const SPACES = ["", " ", "\t", "\r\n", "\u00a0", "\u3000"];
const INVISIBLE = [..."\u00ad\u034f\u115f\u180e\u200b\u200e\u202a\u202e\u2060\u3164\ufe0f\ufeff\u{e0041}"];

const word = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 6 });
const label = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join("-"));
const topLevel = fc.constantFrom("com", "example", "рф", "みんな");
const domain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), topLevel)
  .map((labels) => labels.flat().join("."));

const localPart = fc.oneof(
  fc.constantFrom("a", "a+b", "a.b", "bücher", "=?x?q?=40?="),
  fc
    .string({ unit: fc.oneof(fc.constantFrom("@", '"', "\\"), fc.string({ size: "xsmall" })) })
    .map((text) => `"${text.replace(/["\\]/g, "\\$&")}"`),
);

const fullWidth = (letter: string) =>
  letter.replace(/[!-~]/g, (ascii) => String.fromCharCode(ascii.charCodeAt(0) + 0xfee0));
const SPELLINGS = [
  (letter: string) => letter,
  (letter: string) => letter.toUpperCase(),
  (letter: string) => letter.normalize("NFD"),
  fullWidth,
  (letter: string) => fullWidth(letter.toUpperCase()),
];

const choices = fc.array(fc.nat(999), { minLength: 50, maxLength: 50 });

/** The same domain, written as somebody might who wants it not to be found. */
function respelled(name: string, choices: number[]): string {
  let made = 0;
  const oneOf = <T>(options: readonly T[]) =>
    options[(choices[made++ % choices.length] as number) % options.length] as T;
  const invisible = () => oneOf(["", ...INVISIBLE]);
  const spelled = (label: string) => [...label].map((letter) => oneOf(SPELLINGS)(letter) + invisible()).join("");
  const punycode = domainToASCII(name).split(".");
  const labels = name
    .split(".")
    .map((label, at) => spelled(oneOf([label, punycode[at] as string])))
    .reduce((before, after) => before + oneOf(DOTS) + after);
  const end = oneOf(["", ...DOTS, ".."]);
  return oneOf(SPACES) + invisible() + labels + end + invisible() + oneOf(SPACES);
}

it("finds a listed domain however the address and the list spell it", () => {
  fc.assert(
    fc.property(domain, localPart, choices, choices, (name, local, written, listed) => {
      const found = domainOf(`${local}@${respelled(name, written)}`) as Domain;
      expect(found).toBe(domainToASCII(name));
      const entry = respelled(name, listed);
      expect(listedDomain(found, [entry])).toBe(entry);
    }),
  );
});

it("finds no domain by another, by one that ends alike, or by the one above it", () => {
  fc.assert(
    fc.property(domain, domain, label, choices, (name, other, more, written) => {
      fc.pre(name !== other);
      const entry = respelled(name, written);
      for (const stranger of [other, `${more}${name}`, `${more}-${name}`, `${more}.${name}`]) {
        expect(listedDomain(normalDomain(stranger) as Domain, [entry])).toBeUndefined();
      }
    }),
  );
});

it("finds sub-domains, and nothing that only ends alike, when asked for sub-domains", () => {
  fc.assert(
    fc.property(domain, domain, choices, choices, (name, above, written, listed) => {
      fc.pre(name !== above && !name.endsWith(`.${above}`));
      const entry = respelled(above, listed);
      const find = (text: string) =>
        listedDomain(normalDomain(respelled(text, written)) as Domain, [entry], {
          includeSubdomains: true,
        });
      expect(find(above)).toBe(entry);
      expect(find(`${name}.${above}`)).toBe(entry);
      expect(find(`${name}${above}`)).toBeUndefined();
      expect(find(`${above}.${name}`)).toBeUndefined();
    }),
  );
});

it("reads nothing as a domain that says more than the domain", () => {
  const rest = fc.oneof(
    fc.string({ unit: "binary", maxLength: 3 }),
    fc.string({ unit: fc.constantFrom(...":/?#%\\@[]()<>\t\n\0"), minLength: 1, maxLength: 3 }),
  );
  fc.assert(
    fc.property(domain, rest, fc.nat(20), (name, more, at) => {
      const text = [...name].toSpliced(at, 0, more).join("");
      const said = more.replace(/[\s.。．｡\p{Default_Ignorable_Code_Point}]/gu, "");
      fc.pre(said !== "");
      expect(normalDomain(text)).not.toBe(domainToASCII(name));
    }),
    { numRuns: 300 },
  );
});

it("reads what it has written as the same", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."0x1a..。-_") }),
    fc.domain(),
  );
  fc.assert(
    fc.property(text, (text) => {
      const normal = normalDomain(text) ?? "example.com";
      expect(normal).toMatch(/^[a-z0-9_.-]+$/);
      expect(normalDomain(normal)).toBe(normal);
    }),
  );
});
