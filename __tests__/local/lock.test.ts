import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockHolder, takeLock } from "../../local/lock";

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock "));
  lock = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

const works = () => true;
const isGone = () => false;

it("is taken and released", () => {
  const giveBack = takeLock(lock);
  expect(readFileSync(lock, "utf8")).toBe(String(process.pid));
  giveBack();
  expect(existsSync(lock)).toBe(false);
});

it("names the process that has it", () => {
  writeFileSync(lock, "4711");
  expect(lockHolder(lock, works)).toBe(4711);
  expect(() => takeLock(lock, works)).toThrow("already runs in this checkout (process 4711)");
});

it("is replaced if its process has ended", () => {
  writeFileSync(lock, "4711");
  takeLock(lock, isGone);
  expect(readFileSync(lock, "utf8")).toBe(String(process.pid));
});

it("is replaced if its process number now belongs to this process or to another program", () => {
  writeFileSync(lock, String(process.pid));
  expect(lockHolder(lock, works)).toBeUndefined();
  writeFileSync(lock, String(process.ppid));
  expect(lockHolder(lock)).toBeUndefined();
});

it.each(["", "half"])("is replaced if it contains %j", (contents) => {
  writeFileSync(lock, contents);
  expect(lockHolder(lock, works)).toBeUndefined();
});
