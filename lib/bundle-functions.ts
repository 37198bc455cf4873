import { basename, dirname } from "node:path";
import { buildSync } from "esbuild";
import { zipSync } from "fflate";
import { SettingsError } from "./checked-settings";
import { BUNDLE_TARGET } from "./runtime";

/** How esbuild writes an export of an ES module in a CommonJS file. */
const EXPORTS_HANDLER = /\bhandler:\(\)=>/;

/**
 * The bundles of handlers by folder, in one run of esbuild.
 * @param root the project's folder
 * @param folders their names in `functions/`
 * @throws SettingsError when one of them would not run in Lambda
 */
export function bundleFunctions(root: string, folders: readonly string[]): Map<string, Uint8Array> {
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

/** The zip of a bundle, as Lambda takes it: the same bytes at any time. */
export function zipped(bundle: Uint8Array): Uint8Array {
  // A zip holds a local time. The constructor also takes local time, so the bytes are the same in every time zone. 1980
  // is the oldest date that a zip can hold.
  return zipSync({
    "index.js": [new Uint8Array(bundle), { mtime: new Date(1980, 0, 1), attrs: 0o644 << 16, os: 3 }],
  });
}
