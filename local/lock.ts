import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Problem } from "./problem";

/** The name of the only file in a lock: the process that has it, and a number that no other lock of it has. */
const OWNER = /^(\d+)\.\d+$/;

let taken = 0;

/**
 * Makes this process the only one that works in the local folder. The lock of a process that has ended is replaced.
 *
 * The lock is a folder. It is created elsewhere, with its owner in it, and then moved to its place in one step. The step
 * fails if a lock with an owner is there. Only the name of an owner who is gone is ever removed from it, and no later owner has
 * that name: so two starts cannot replace the same lock.
 * @returns a function that releases the lock
 * @throws Problem when another process has the lock
 */
export function takeLock(path: string, works = isLocalCloud): () => void {
  const owner = `${process.pid}.${Date.now()}${taken++}`;
  const own = `${path}.${owner}`;
  mkdirSync(own);
  writeFileSync(join(own, owner), "");
  try {
    while (!moved(own, path)) {
      const owners = ownersOf(path);
      const holder = firstAtWork(owners, works);
      if (holder !== undefined) {
        throw new Problem(
          `"npm run local" already runs in this checkout (process ${holder}): stop it first, with Ctrl-C where it runs.`,
        );
      }
      for (const name of owners) remove(path, name);
    }
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  return () => {
    remove(path, owner);
    ignoring(() => rmdirSync(path), "ENOENT", "ENOTEMPTY", "EEXIST");
  };
}

/** The process that has the lock, if it still works. */
export function lockHolder(path: string, works = isLocalCloud): number | undefined {
  return firstAtWork(ownersOf(path), works);
}

function firstAtWork(owners: string[], works: (pid: number) => boolean): number | undefined {
  const pids = owners.map((name) => Number(OWNER.exec(name)?.[1] ?? name));
  return pids.find((pid) => pid > 0 && pid !== process.pid && works(pid));
}

/** Whether the folder is now in the place of the lock. */
function moved(own: string, path: string): boolean {
  try {
    renameSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error, "ENOTEMPTY", "EEXIST", "ENOTDIR")) return false;
    throw error;
  }
}

/** The owners that a lock names: one, or none while it is free. The lock of an earlier version is a file that holds it. */
function ownersOf(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [readFileSync(path, "utf8")];
    const names = readdirSync(path);
    const stranger = names.find((name) => !OWNER.test(name));
    if (stranger === undefined) return names;
    throw new Problem(`${path} must be the lock of the local cloud, but it holds "${stranger}": move that elsewhere.`);
  } catch (error) {
    if (codeOf(error, "ENOENT")) return [];
    throw error;
  }
}

/** Removes an owner who is gone. Another start may have done so already, and put its own folder there. */
function remove(path: string, owner: string): void {
  const file = OWNER.test(owner) ? join(path, owner) : path;
  ignoring(() => unlinkSync(file), "ENOENT", "ENOTDIR", "EISDIR", "EPERM");
}

function ignoring(action: () => void, ...codes: string[]): void {
  try {
    action();
  } catch (error) {
    if (!codeOf(error, ...codes)) throw error;
  }
}

const codeOf = (error: unknown, ...codes: string[]) => codes.includes((error as NodeJS.ErrnoException).code ?? "");

/** The number of a process is not enough: after a crash, or in another container, another program may have it. */
function isLocalCloud(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const ps = spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" });
  return ps.status !== 0 || ps.stdout.includes("local/main");
}
