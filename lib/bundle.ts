import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { buildSync } from "esbuild";
import { SettingsError } from "./checked-settings";
import { BUNDLE_TARGET } from "./runtime";
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

/**
 * The bundles of triggers by folder, in one run of esbuild.
 * @param root the project's folder
 * @throws SettingsError when one of them would not run in Lambda
 */
export function bundleFunctions(root: string, folders = FOLDERS): Map<string, Uint8Array> {
  const { outputFiles, warnings } = buildSync({
    absWorkingDir: root,
    entryPoints: folders.map((folder) => `functions/${folder}/index.ts`),
    outbase: "functions",
    outdir: "out",
    bundle: true,
    platform: "node",
    target: BUNDLE_TARGET,
    format: "cjs",
    minify: true,
    write: false,
    // Ignore tsconfig.json: a changed compiler option should not change, and so deploy, every function.
    tsconfigRaw: {},
    logLevel: "error",
  });
  // esbuild warns of what ends or changes at run time, such as import.meta in a CommonJS file.
  for (const { text, location } of warnings) {
    throw new SettingsError(
      `${location ? `${location.file}:${location.line}` : "functions/"} may not run in Lambda: ${text}.`,
    );
  }
  return new Map(
    outputFiles.map(({ path, text, contents }) => {
      const folder = basename(dirname(path));
      if (!EXPORTS_HANDLER.test(text)) {
        throw new SettingsError(
          `functions/${folder}/index.ts exports no handler, which Lambda calls: it must have "export const handler = …".`,
        );
      }
      return [folder, contents];
    }),
  );
}

/** How esbuild writes an export of an ES module in a CommonJS file. */
const EXPORTS_HANDLER = /\bhandler:\(\)=>/;

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
