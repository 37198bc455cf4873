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

it("is taken and given back", () => {
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

it("is taken over from a process that is gone", () => {
  writeFileSync(lock, "4711");
  takeLock(lock, isGone);
  expect(readFileSync(lock, "utf8")).toBe(String(process.pid));
});

it("is taken over when the number has become our own or some other program's", () => {
  writeFileSync(lock, String(process.pid));
  expect(lockHolder(lock, works)).toBeUndefined();
  writeFileSync(lock, String(process.ppid));
  expect(lockHolder(lock)).toBeUndefined();
});

it.each(["", "half"])("is taken over when it holds %j", (contents) => {
  writeFileSync(lock, contents);
  expect(lockHolder(lock, works)).toBeUndefined();
});
