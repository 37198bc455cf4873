import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { buildSync } from "esbuild";

/** The newest runtime that the pinned AWS provider accepts; AWS stops creating functions of it in the middle of 2027. */
export const RUNTIME = "nodejs22.x";

const ROOT = resolve(__dirname, "..");
let built: Map<string, string> | undefined;

/**
 * Bundles a trigger's folder into one file, the same bytes in every checkout.
 * @param folder its name in `functions/`
 * @returns the bundle's path, relative to the project: CDKTF cannot take a path with spaces in it
 * @throws Error when there is no such folder or it does not compile
 */
export function bundle(folder: string): string {
  built ??= bundleAll();
  const file = built.get(folder);
  if (!file) throw new Error(`There is no functions/${folder}/index.ts.`);
  return file;
}

/** All folders in one run of esbuild, since starting it takes longer than the work. */
function bundleAll(): Map<string, string> {
  const folders = readdirSync(join(ROOT, "functions")).filter((name) =>
    existsSync(join(ROOT, "functions", name, "index.ts")),
  );
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: folders.map((folder) => `functions/${folder}/index.ts`),
    outbase: "functions",
    outdir: "out",
    bundle: true,
    platform: "node",
    target: RUNTIME.replace(/nodejs(\d+)\.x/, "node$1"),
    format: "cjs",
    minify: true,
    write: false,
    logLevel: "error",
  });
  return new Map(
    outputFiles.map(({ path, contents }) => [basename(dirname(path)), keep(contents)]),
  );
}

/** Writes a bundle where its own hash says, in one step: two runs at once never see half a file. */
function keep(contents: Uint8Array): string {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  const folder = join(ROOT, ".build", hash);
  const file = join(folder, "index.js");
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, contents);
  renameSync(`${file}.${process.pid}`, file);
  return relative(ROOT, file);
}
