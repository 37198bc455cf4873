import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { bundleFunctions, sourceOf, withProviders } from "./bundle-functions";
import { TRIGGERS } from "./triggers";
import { canReadAccess, type Trigger } from "./triggers/trigger";

const ROOT = resolve(__dirname, "..");

const kept = new Map<string, string>();

/**
 * Bundles a handler into one file, the same bytes in every checkout.
 * @param handler its name, as `bundleFunctions` takes it
 * @returns the bundle's path, relative to the project: CDKTF cannot take a path with spaces in it
 * @throws Error when no trigger has such a handler or it does not compile
 */
export function bundle(handler: string): string {
  if (!kept.has(handler)) {
    for (const [name, contents] of bundleFunctions(ROOT, bundledWith(handler))) kept.set(name, keep(contents));
  }
  const file = kept.get(handler);
  if (!file) throw new Error(`No trigger of lib/triggers has the handler functions/${handler}.`);
  return relative(ROOT, file);
}

const triggers: Trigger[] = Object.values(TRIGGERS);

/**
 * The handlers to bundle when this one is needed: all quick folders in one run, because esbuild takes longer to start
 * than to bundle them; all slow folders; or a handler for few settings alone.
 */
function bundledWith(handler: string): string[] {
  const source = sourceOf(handler);
  if (triggers.some(({ otherHandler }) => otherHandler?.name === source)) return [handler];
  const slow = triggers.find(({ folder }) => folder === source)?.slowToBundle ?? false;
  const alike = triggers.filter(({ slowToBundle = false }) => slowToBundle === slow);
  if (source === handler) return alike.map(({ folder }) => folder);
  return alike.filter(canReadAccess).map(({ folder }) => withProviders(folder));
}

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
