import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The folder of the checkout. */
export const ROOT = resolve(__dirname, "..");

/** Where everything lies that the local cloud makes; git ignores it. Another folder is another cloud. */
export const SCRATCH = resolve(ROOT, process.env.LOCAL_DIR || ".local");

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
