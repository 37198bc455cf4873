import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { bundleFunctions } from "./bundle-functions";
import { TRIGGERS } from "./triggers";
import type { Trigger } from "./triggers/trigger";

const ROOT = resolve(__dirname, "..");

const kept = new Map<string, string>();

/**
 * Bundles a trigger's folder into one file, the same bytes in every checkout.
 * @param folder its name in `functions/`
 * @returns the bundle's path, relative to the project: CDKTF cannot take a path with spaces in it
 * @throws Error when there is no such folder or it does not compile
 */
export function bundle(folder: string): string {
  if (!kept.has(folder)) {
    // Bundle all quick folders in one run, because esbuild takes longer to start than to bundle them. Bundle the slow
    // folders only if one is needed.
    const slow = triggers.find((trigger) => trigger.folder === folder)?.slowToBundle ?? false;
    const together = triggers
      .filter(({ slowToBundle = false }) => slowToBundle === slow)
      .map((trigger) => trigger.folder);
    for (const [name, contents] of bundleFunctions(ROOT, together)) kept.set(name, keep(contents));
  }
  const file = kept.get(folder);
  if (!file) throw new Error(`No trigger of lib/triggers has the folder functions/${folder}.`);
  return relative(ROOT, file);
}

const triggers: Trigger[] = Object.values(TRIGGERS);

/** The folders of all triggers' handlers. */
export const FOLDERS = triggers.map(({ folder }) => folder);

/** Writes a bundle to a folder named by its hash. The rename is atomic, so a parallel run never reads half a file. */
function keep(contents: Uint8Array): string {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  const folder = resolve(ROOT, process.env.CDKTF_OUTDIR ?? "cdktf.out", "bundles", hash);
  const file = join(folder, "index.js");
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, contents);
  renameSync(`${file}.${process.pid}`, file);
  return file;
}
