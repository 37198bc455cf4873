import fc from "fast-check";
import { normalAddress, normalName, normalPhoneNumber, normalUser } from "../../functions/shared/names";

/**
 * Spellings of one thing, made from Unicode's data and RFC 5321 by hand, not by the code under test. Names in different
 * rows are different people.
 */
const SAME: Record<string, string[][]> = {
  "letters and case": [
    ["ann", "ANN", "Ann", "ａｎｎ", "ＡＮＮ", "𝐚𝐧𝐧", "𝔸𝕟𝕟", "ⓐⓝⓝ"],
    ["anna", "ANNA"],
    ["é", "e\u0301", "É", "E\u0301"],
    ["straße", "STRASSE", "STRAẞE", "Strasse", "ﬆraße"],
    ["ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ", "ὀδυσσεύσ"],
    ["office", "oﬃce", "OFFICE"],
    ["kelvin", "\u212aelvin"],
    ["ångström", "\u212bngström", "A\u030aNGSTRO\u0308M"],
    ["i", "I"],
    ["ı"],
    ["i\u0307", "İ", "I\u0307"],
    ["ᾳ", "ᾼ", "αι", "\u03b1\u0345"],
    ["가", "\u1100\u1161"],
    ["r.roe"],
    ["rroe", "r\u034froe", "rr\u115foe", "rroe\ufe0f", "r\u3164roe", "\u2800rroe", "r\u00adroe", "r\u{e0041}roe"],
    ["rroe+x"],
  ],
  addresses: [
    [
      "ann@example.org",
      "ANN@EXAMPLE.ORG",
      '"ann"@example.org',
      '"a\\nn"@example.org',
      "ann@example.org.",
      "ann＠example.org",
    ],
    ["a.nn@example.org"],
    ["ann+tag@example.org", "Ann+Tag@example.org"],
    ['"ann@home"@example.org', '"ANN@home"@example.org'],
    ["jörg@bücher.example", "JÖRG@xn--bcher-kva.example", "jo\u0308rg@bu\u0308cher.example", "jörg@BÜCHER。example"],
    ["ann@straße.example", "ann@xn--strae-oqa.example"],
    ["ann@strasse.example", "ANN@STRASSE.example"],
  ],
  "phone numbers": [
    [
      "+31612345678",
      "＋３１６１２３４５６７８",
      "+31 6 12345678",
      "+31 (6) 1234-5678",
      "+31\u20116.12345678",
      "+31\u200b612345678",
      "+31 (0)6 12345678",
      "+31(0)612345678",
    ],
    ["+390612345678", "+39 06 12345678"],
    ["0031612345678"],
    ["31612345678"],
  ],
};
const groups = Object.values(SAME).flat();
const all = groups.flat();

it.each(groups.filter((group) => group.length > 1))("is one person: %j", (...group) => {
  expect([...new Set(group.map(normalUser))]).toHaveLength(1);
});

it("takes different people for different, whichever way one compares them", () => {
  fc.assert(
    fc.property(fc.constantFrom(...groups), fc.constantFrom(...groups), (one, other) => {
      const [ones, others] = [one.map(normalUser), other.map(normalUser)];
      const same = (first: string[], second: string[]) => first.some((name) => second.includes(name));
      expect(same(ones, others)).toBe(one === other);
      expect(same(others, ones)).toBe(same(ones, others));
    }),
    { numRuns: 300 },
  );
});

const word = fc.string({
  unit: fc.oneof(fc.constantFrom(...all.join("")), fc.constantFrom(...'@＠﹫."\\ +-()')),
  maxLength: 12,
});
const anything = fc.oneof(
  word,
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.tuple(fc.string({ unit: "binary", maxLength: 8 }), fc.domain()).map((parts) => parts.join("@")),
  fc.emailAddress(),
  fc.constantFrom(...all),
);

it("reads what it has written as the same", () => {
  fc.assert(
    fc.property(anything, (text) => {
      for (const normal of [normalName, normalAddress, normalPhoneNumber, normalUser]) {
        const once = normal(text);
        if (once !== undefined) expect(normal(once)).toBe(once);
      }
    }),
    { numRuns: 500 },
  );
});

it("reads every character that has another spelling, and what it has written of it, as the same", () => {
  const changes = /[\p{Changes_When_NFKC_Casefolded}\p{Changes_When_Casemapped}]/u;
  const points = Array.from({ length: 0x2fa20 }, (_, point) => point).filter(
    (point) => point < 0xd800 || point > 0xdfff,
  );
  const characters = points.map((point) => String.fromCodePoint(point)).filter((character) => changes.test(character));
  expect(characters.length).toBeGreaterThan(5_000);
  const restless = characters.filter((character) => {
    const once = normalName(`a${character}`);
    return normalName(once) !== once;
  });
  expect(restless).toEqual([]);
});

/** The ways in which somebody can write a name so that it looks the same. None changes what it is. */
const RESPELL: ((text: string) => string)[] = [
  (text) => text.normalize("NFD"),
  (text) => text.normalize("NFC"),
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => [...text].join("\u200b"),
  (text) => text.replace(/[!-~]/g, (ascii) => String.fromCharCode(ascii.charCodeAt(0) + 0xfee0)),
];

it("finds a name however it is written", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."abzéüßñçøжйωλσ日本ガ한0189-_'"), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(letters, fc.array(fc.constantFrom(...RESPELL), { maxLength: 4 }), (name, ways) => {
      const written = ways.reduce((text, way) => way(text), name);
      expect(normalUser(written)).toBe(normalUser(name));
    }),
    { numRuns: 300 },
  );
});

it("is at most a few times as long as what it was made of", () => {
  expect(normalUser("\ufdfa".repeat(500)).length).toBeLessThan(500 * 20);
});
