import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { Problem } from "./problem";

/**
 * Makes this process the only one that works in the local folder. The lock of a process that has ended is replaced.
 * @returns a function that releases the lock
 * @throws Problem when another process has the lock
 */
export function takeLock(path: string, isRunning = isLocalCloud): () => void {
  const holder = lockHolder(path, isRunning);
  if (holder !== undefined) {
    throw new Problem(
      `"npm run local" already runs in this checkout (process ${holder}): stop it first, with Ctrl-C where it runs.`,
    );
  }
  rmSync(path, { force: true });
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Problem(
      `"npm run local" was started twice at the same time in this checkout: only one of them continues.`,
    );
  }
  return () => rmSync(path, { force: true });
}

/** The process that has the lock, if it still runs. */
export function lockHolder(path: string, isRunning = isLocalCloud): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return pid > 0 && pid !== process.pid && isRunning(pid) ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}

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
