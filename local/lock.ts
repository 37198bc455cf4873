import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { Problem } from "./problem";

/**
 * Makes this process the only one that works in the scratch folder. A lock whose process is gone is taken over.
 * @returns what gives it back
 * @throws Problem when another one has it
 */
export function takeLock(path: string, works = isLocalCloud): () => void {
  const holder = lockHolder(path, works);
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
    throw new Problem(`"npm run local" was started twice in this checkout: one of them goes on.`);
  }
  return () => rmSync(path, { force: true });
}

/** The process that has the lock, if it still works. */
export function lockHolder(path: string, works = isLocalCloud): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return pid > 0 && pid !== process.pid && works(pid) ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}

/** A number alone proves little: after a crash or in another container it may be some other program's. */
function isLocalCloud(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const ps = spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" });
  return ps.status !== 0 || ps.stdout.includes("local/main");
}
