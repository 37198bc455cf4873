import { InputError } from "../../tools/block-entries";
import { readImport } from "../../tools/import-file";

const NOW = Date.UTC(2030, 0, 1);
const END_OF_JUNE = Date.UTC(2030, 5, 30, 23, 59, 59) / 1000;

const read = (text: string) => readImport(Buffer.from(text), NOW);

function mistakesIn(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error.message.split("\n");
  }
  throw new Error("the file is taken");
}

it.each([
  ["an entry alone", "user:a", { entry: "user:a" }],
  ["commas", "user:a,2030-06-30,spam", { entry: "user:a", until: END_OF_JUNE, reason: "spam" }],
  ["a reason with commas", "user:a,,spam, twice", { entry: "user:a", reason: "spam, twice" }],
  ["tabs", "user:a,b\t2030-06-30\tspam, twice", { entry: "user:a,b", until: END_OF_JUNE, reason: "spam, twice" }],
  ["spaces around", " user:a , 2030-06-30 , spam ", { entry: "user:a", until: END_OF_JUNE, reason: "spam" }],
  ["JSON", '{"entry":"user:a,b","reason":"x"}', { entry: "user:a,b", reason: "x" }],
  [
    "JSON as list prints it",
    '{"entry":"user:a","until":"2030-06-30T23:59:59Z"}',
    { entry: "user:a", until: END_OF_JUNE },
  ],
])("reads %s", (_, line, block) => {
  expect(read(line)).toEqual({ blocks: [block], lines: 1 });
});

it("ignores blank lines, comments and expired entries", () => {
  const text =
    '\ufeff# who left\r\n\r\n  \r\nuser:a\r\n # more\r\nuser:b\r\n{"entry":"user:c","until":"2029-01-01T00:00:00Z","expired":true}\r\n';
  expect(read(text).blocks).toEqual([{ entry: "user:a" }, { entry: "user:b" }]);
});

it("uses the last of several lines with the same entry, in any spelling", () => {
  const text = "domain:bücher.example,,first\nuser:a\ndomain:XN--BCHER-KVA.example,,last";
  expect(read(text)).toEqual({
    blocks: [{ entry: "domain:xn--bcher-kva.example", reason: "last" }, { entry: "user:a" }],
    lines: 3,
  });
});

it("names every line that is wrong, by the number that an editor shows", () => {
  expect(mistakesIn('# comment\n\nuser:a\nusr:b\nuser:c,2029-01-01\n{\n{"entry":5}')).toEqual([
    'line 4: entry is "usr:b", but it must be user:<name, sub, address or phone number> or domain:<domain>.',
    'line 5: until is "2029-01-01", but it must be in the future.',
    expect.stringMatching(/^line 6: JSON must be as /),
    expect.stringMatching(/^line 7: JSON must be as /),
    "Nothing was imported.",
  ]);
});

it("names at most twenty of them", () => {
  const mistakes = mistakesIn("x\n".repeat(25));
  expect(mistakes).toHaveLength(22);
  expect(mistakes.slice(-2)).toEqual(["… and 5 more.", "Nothing was imported."]);
});

it("refuses a file that is not UTF-8", () => {
  expect(() => readImport(Buffer.from("user:b\xfccher", "latin1"))).toThrow("not UTF-8");
});
