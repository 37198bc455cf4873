import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { writeLocks } from "../../lib/locks";
import { LOCKS_FILE, readLocks, saveLocks } from "../../lib/locks-file";
import { buildStacks } from "../../lib/stacks";

const folder = mkdtempSync(join(tmpdir(), "locks-"));
const file = join(folder, "locks.json");
afterAll(() => rmSync(folder, { recursive: true }));

const BACK = "bring the committed file back with git checkout -- lib/locks.json";
const SHAPE = "lib/locks.json must be an object of stacks, and each stack an object of locks, but";

it.each([
  [
    "a merge conflict",
    '{\n<<<<<<< HEAD\n  "a": {}\n=======\n  "b": {}\n>>>>>>> branch\n}\n',
    "lib/locks.json has the marks of a merge conflict: keep the lines of both sides, delete the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>, put a comma between all locks, and run npm run locks.",
  ],
  [
    "what is left of a merge conflict with its base",
    '{\n  "a": {}\n||||||| base\n}\n',
    "lib/locks.json has the marks of a merge conflict: keep the lines of both sides, delete the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>, put a comma between all locks, and run npm run locks.",
  ],
  [
    "an account that is a number",
    '{ "state-a": { "place.account": 123456789012 } }',
    `${SHAPE} "place.account" of "state-a" is 123456789012, which is no text: ${BACK}, and run npm run locks.`,
  ],
  ...["", "{", '{ "a": {}, }', "\uFEFF{}"].map((text): [string, string, string] => [
    `${JSON.stringify(text)}, which is no JSON`,
    text,
    `lib/locks.json is not valid JSON: git diff lib/locks.json shows what changed; mend it, or ${BACK}, and run npm run locks.`,
  ]),
  ["a list", "[]", `${SHAPE} it is []: ${BACK}, and run npm run locks.`],
  ["nothing", "null", `${SHAPE} it is null: ${BACK}, and run npm run locks.`],
  [
    "a stack of another shape",
    '{ "a": {}, "b": "address" }',
    `${SHAPE} "b" is "address": ${BACK}, and run npm run locks.`,
  ],
  [
    "a stack twice",
    '{ "a": {}, "b": {}, "a": { "x": 1 } }',
    'lib/locks.json has "a" twice: keep the one that is deployed, delete the other, and run npm run locks.',
  ],
  [
    "a lock twice",
    '{ "a": { "x": 1 }, "b": { "x": "\\"y\\": {", "z": ["x"], "x": 2 } }',
    'lib/locks.json has "x" twice in b: keep the one that is deployed, delete the other, and run npm run locks.',
  ],
  [
    "a part of a lock twice",
    '{ "a": { "x": { "name": 1, "name": 1 } } }',
    'lib/locks.json has "name" twice in a: keep the one that is deployed, delete the other, and run npm run locks.',
  ],
])("%s is one sentence", (_, text, sentence) => {
  writeFileSync(file, text);
  expect(() => readLocks(file)).toThrow(new Error(sentence));
  expect(() => writeLocks([], file)).toThrow(new Error(sentence));
  expect(readFileSync(file, "utf8")).toBe(text);
});

it("a folder in the place of the file is one sentence", () => {
  expect(() => readLocks(folder)).toThrow(new Error(`lib/locks.json cannot be read (EISDIR): ${BACK}.`));
});

it("a file that cannot be written is one sentence", () => {
  const own = join(folder, "own.json");
  writeFileSync(own, "{}");
  mkdirSync(`${own}.${process.pid}.tmp`);
  expect(() => saveLocks({ a: {} }, own)).toThrow(
    new Error("lib/locks.json cannot be written (EISDIR): change the permissions of its folder."),
  );
  expect(readFileSync(own, "utf8")).toBe("{}");
  rmSync(own);
});

it("a missing file is one sentence", () => {
  expect(() => readLocks(join(folder, "none.json"))).toThrow(
    new Error(
      `lib/locks.json is missing: ${BACK} or, if nothing was ever deployed, write {} into it and run npm run locks.`,
    ),
  );
});

describe("npm run locks", () => {
  const write = () => writeLocks(buildStacks(new App()), file);

  it("makes the committed file from nothing, and changes nothing the second time", () => {
    writeFileSync(file, "{}");
    expect(write().added).toBeGreaterThan(0);
    expect(readFileSync(file)).toEqual(readFileSync(LOCKS_FILE));
    const { ino } = statSync(file);
    expect(write()).toEqual({ added: 0, dropped: [] });
    expect(statSync(file).ino).toBe(ino);
    expect(readdirSync(folder)).toEqual(["locks.json"]);
  });

  it("keeps the order of what is in the file, and the lines of an environment that is not made", () => {
    const locks = readLocks();
    const reversed = Object.fromEntries(
      Object.entries(locks)
        .reverse()
        .map(([stack, each]) => [stack, Object.fromEntries(Object.entries(each).reverse())]),
    );
    const text = `${JSON.stringify(reversed, null, 2)}\n`;
    writeFileSync(file, text);
    write();
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("removes the locks of a stack that is gone and never had an account of its own", () => {
    writeFileSync(file, JSON.stringify({ ...readLocks(), "identity-old": { "aws_s3_bucket.x": "address" } }));
    expect(write()).toEqual({ added: 0, dropped: ["identity-old"] });
    expect(readLocks(file)).toEqual(readLocks());
  });
});
