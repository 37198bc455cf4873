import { type StdioOptions, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockHolder, takeLock } from "../../local/lock";
import { ROOT } from "../checkout";

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock "));
  lock = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

const works = () => true;
const isGone = () => false;

/** Who has the lock, for somebody who is another process. */
const holder = () => readdirSync(lock).map((name) => Number(name.split(".")[0]));

it("is taken and given back", () => {
  const giveBack = takeLock(lock);
  expect(holder()).toEqual([process.pid]);
  giveBack();
  expect(existsSync(lock)).toBe(false);
});

/** A lock of another process, as this version makes it, or an earlier one. */
const locks: [string, (pid: string | number) => void][] = [
  [
    "a folder",
    (pid) => {
      mkdirSync(lock);
      writeFileSync(join(lock, `${pid}.1`), "");
    },
  ],
  ["a file of an earlier version", (pid) => writeFileSync(lock, String(pid))],
];

describe.each(locks)("as %s", (_, make) => {
  it("names the process that has it", () => {
    make(4711);
    expect(lockHolder(lock, works)).toBe(4711);
    expect(() => takeLock(lock, works)).toThrow("already runs in this checkout (process 4711)");
    expect(lockHolder(lock, works)).toBe(4711);
  });

  it("is taken over from a process that is gone", () => {
    make(4711);
    takeLock(lock, isGone);
    expect(holder()).toEqual([process.pid]);
  });

  it.each([process.pid, process.ppid])(
    "is taken over when the number has become our own or some other program's",
    (pid) => {
      make(pid);
      expect(lockHolder(lock)).toBeUndefined();
      takeLock(lock);
      expect(holder()).toEqual([process.pid]);
    },
  );
});

it.each(["", "half"])("is taken over when it is a file that holds %j", (contents) => {
  writeFileSync(lock, contents);
  expect(lockHolder(lock, works)).toBeUndefined();
  takeLock(lock, works);
  expect(holder()).toEqual([process.pid]);
});

it("is taken where an earlier owner has left an empty folder", () => {
  mkdirSync(lock);
  takeLock(lock, works);
  expect(holder()).toEqual([process.pid]);
});

it("is a sentence where it is a folder of something else", () => {
  mkdirSync(join(lock, "photos"), { recursive: true });
  expect(() => takeLock(lock)).toThrow(`${lock} must be the lock of the local cloud, but it holds "photos"`);
});

/** Takes the locks whose paths its parent sends, and says whether it got them. */
const taker = `
  const { takeLock } = require("./local/lock");
  const runs = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };
  process.on("message", (path) => {
    try { takeLock(path, runs); process.send("taken"); } catch (error) { process.send(error.message); }
  });
  process.send("ready");`;

it("goes to one of several processes that start at the same moment", async () => {
  const children = await Promise.all(
    [1, 2, 3].map(async () => {
      const stdio: StdioOptions = ["ignore", "ignore", "inherit", "ipc"];
      const child = spawn(process.execPath, ["--import", "tsx", "-e", taker], { cwd: ROOT, stdio });
      await new Promise((resolve) => child.once("message", resolve));
      return child;
    }),
  );
  try {
    for (let round = 0; round < 150; round++) {
      const path = join(folder, `lock-${round}`);
      // Two of three are left from a process that is gone, in both forms; no process has this number.
      if (round % 3 === 1) writeFileSync(path, "4194305");
      if (round % 3 === 2) {
        mkdirSync(path);
        writeFileSync(join(path, "4194305.1"), "");
      }
      const answers = children.map((child) => new Promise((resolve) => child.once("message", resolve)));
      for (const child of children) child.send(path);
      expect((await Promise.all(answers)).filter((answer) => answer === "taken")).toHaveLength(1);
    }
  } finally {
    for (const child of children) child.kill();
  }
}, 30_000);
