import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { explained, Problem } from "./problem";

/** The folder of the checkout. */
export const ROOT = resolve(__dirname, "..");

/** The folder of everything that the local cloud writes. Git ignores it. Each folder is a local cloud of its own. */
export const LOCAL_FOLDER = resolve(ROOT, process.env.LOCAL_DIR || ".local");

/**
 * Creates the local folder, and tries to write to it.
 * @throws Problem when that fails
 */
export function prepareLocalFolder(folder = LOCAL_FOLDER): void {
  const probe = join(folder, `probe.${process.pid}`);
  try {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw new Problem(
        `LOCAL_DIR is "${folder}", which is not a folder: choose a folder, or one that does not exist yet.`,
      );
    }
    createFolder(folder);
    writeFileSync(probe, "x");
    rmSync(probe);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Where nobody can create a folder, as in /proc.
    if (code === "ENOENT") throw new Problem(`LOCAL_DIR is "${folder}", which cannot be created (${message}).`);
    throw explained(error);
  }
}

/** Creates one folder after the other: where one cannot be created, Node's own `recursive` may try for ever. */
function createFolder(folder: string): void {
  if (existsSync(folder)) return;
  createFolder(dirname(folder));
  mkdirSync(folder);
}

/** A path in the local folder. Creates the folder that the path is in. */
export function localPath(...path: string[]): string {
  const full = join(LOCAL_FOLDER, ...path);
  mkdirSync(dirname(full), { recursive: true });
  return full;
}

/** Writes a file in one step: a reader finds the old contents or the new ones, never a part of them. */
export function writeAtOnce(path: string, contents: string): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

/** What a deployment writes. The rest of the folder was installed, and stays. */
const DEPLOYED =
  /^(before|deployed|emulator|gateway|logs|swapped\.json|providers|providers\.json|.*\.tfstate.*|.*\.outputs\.json)$/;

/** Deletes the deployed stacks, the users and the logs. */
export function clearLocalFolder(folder = LOCAL_FOLDER): void {
  for (const entry of readdirSync(folder).filter((name) => DEPLOYED.test(name))) {
    rmSync(join(folder, entry), { recursive: true, force: true });
  }
}
