import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../tools/export";

const folder = mkdtempSync(join(tmpdir(), "exported-"));
writeFileSync(join(folder, "mine.tf"), "");
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ["no environment", [], "--environment is missing: it must be one of local, dev, prod;"],
  [
    "another environment",
    ["--environment", "test"],
    '--environment is "test", but the environments are local, dev, prod;',
  ],
  ["an option that there is not", ["--out", "x"], "Unknown option '--out';"],
  ["an empty folder name", ["--environment", "dev", "--to", ""], "--to is empty;"],
  [
    "a file",
    ["--environment", "dev", "--to", join(folder, "mine.tf")],
    "mine.tf is not empty: delete it, or name another",
  ],
  [
    "a folder with files",
    ["--environment", "dev", "--to", folder],
    `${folder} is not empty: delete it, or name another`,
  ],
])("refuses %s, and writes nothing", async (_, args, sentence) => {
  const error = jest.spyOn(console, "error").mockImplementation();
  expect(await run(args)).toBe(2);
  expect(error.mock.calls.join()).toContain(sentence);
  expect(readdirSync(folder)).toEqual(["mine.tf"]);
  error.mockRestore();
});
