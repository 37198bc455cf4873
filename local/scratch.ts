import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { explained, Problem } from "./problem";

/** The folder of the checkout. */
export const ROOT = resolve(__dirname, "..");

/** Where everything lies that the local cloud makes; git ignores it. Another folder is another cloud. */
export const SCRATCH = resolve(ROOT, process.env.LOCAL_DIR || ".local");

/**
 * Makes the scratch folder, and tries whether it can be written to.
 * @throws Problem when it cannot
 */
export function prepareScratch(folder = SCRATCH): void {
  const probe = join(folder, `probe.${process.pid}`);
  try {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
      throw new Problem(
        `LOCAL_DIR is "${folder}", which is no folder: choose a folder, or one that is still to be made.`,
      );
    make(folder);
    writeFileSync(probe, "x");
    rmSync(probe);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Where nobody can make a folder, as in /proc.
    if (code === "ENOENT") throw new Problem(`LOCAL_DIR is "${folder}", but this folder cannot be made (${message}).`);
    throw explained(error);
  }
}

/** One folder after the other: where one cannot be made, Node's own `recursive` may try for ever. */
function make(folder: string): void {
  if (existsSync(folder)) return;
  make(dirname(folder));
  mkdirSync(folder);
}

/** A path in the scratch folder, whose own folder is made. */
export function scratch(...path: string[]): string {
  const full = join(SCRATCH, ...path);
  mkdirSync(dirname(full), { recursive: true });
  return full;
}

/** Writes a file at once: whoever reads it finds the old contents or the new ones, never half. */
export function writeAtOnce(path: string, contents: string): void {
  const half = `${path}.${process.pid}`;
  writeFileSync(half, contents);
  renameSync(half, path);
}

/** What a deployment leaves, as opposed to what can be had again by installing. */
const LEFT = /^(before|emulator|gateway|logs|providers|.*\.tfstate.*|.*\.outputs\.json)$/;

/** Forgets the deployed stacks, the users and the logs. */
export function clearScratch(folder = SCRATCH): void {
  for (const entry of readdirSync(folder).filter((name) => LEFT.test(name))) {
    rmSync(join(folder, entry), { recursive: true, force: true });
  }
}
