import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The folder of the checkout. */
export const ROOT = resolve(__dirname, "..");

/** The folder of everything that the local cloud writes. Git ignores it. Each folder is a local cloud of its own. */
export const LOCAL_FOLDER = resolve(ROOT, process.env.LOCAL_DIR || ".local");

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
const DEPLOYED = /^(before|emulator|gateway|logs|providers|.*\.tfstate.*|.*\.outputs\.json)$/;

/** Deletes the deployed stacks, the users and the logs. */
export function clearLocalFolder(folder = LOCAL_FOLDER): void {
  for (const entry of readdirSync(folder).filter((name) => DEPLOYED.test(name))) {
    rmSync(join(folder, entry), { recursive: true, force: true });
  }
}
