import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { buildSync } from "esbuild";

/** The newest runtime that the pinned AWS provider accepts; AWS stops creating functions of it in the middle of 2027. */
export const RUNTIME = "nodejs22.x";

const ROOT = resolve(__dirname, "..");

/** The Encryption SDK takes longer to bundle than all else together, so only a stack that has a sender waits for it. */
const WITH_ENCRYPTION_SDK = ["custom-email-sender", "custom-sms-sender"];
const kept = new Map<string, string>();

/**
 * Bundles a trigger's folder into one file, the same bytes in every checkout.
 * @param folder its name in `functions/`
 * @returns the bundle's path, relative to the project: CDKTF cannot take a path with spaces in it
 * @throws Error when there is no such folder or it does not compile
 */
export function bundle(folder: string): string {
  if (!kept.has(folder)) {
    const others = functionFolders(ROOT).filter((name) => !WITH_ENCRYPTION_SDK.includes(name));
    const wanted = WITH_ENCRYPTION_SDK.includes(folder) ? WITH_ENCRYPTION_SDK : others;
    for (const [name, contents] of bundleFunctions(ROOT, wanted)) kept.set(name, keep(contents));
  }
  const file = kept.get(folder);
  if (!file) throw new Error(`There is no functions/${folder}/index.ts.`);
  return relative(ROOT, file);
}

/** The folders of all triggers. */
export function functionFolders(root: string): string[] {
  const functions = join(root, "functions");
  return readdirSync(functions).filter((folder) => existsSync(join(functions, folder, "index.ts")));
}

/**
 * The bundles of triggers by folder, in one run of esbuild, since starting it takes longer than most of the work.
 * @param root the project's folder
 */
export function bundleFunctions(root: string, folders = functionFolders(root)): Map<string, Uint8Array> {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: folders.map((folder) => `functions/${folder}/index.ts`),
    outbase: "functions",
    outdir: "out",
    bundle: true,
    platform: "node",
    target: RUNTIME.replace(/nodejs(\d+)\.x/, "node$1"),
    format: "cjs",
    minify: true,
    write: false,
    // A compiler option that changes is no reason to deploy every function.
    tsconfigRaw: {},
    logLevel: "error",
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(dirname(path)), contents]));
}

/** Writes a bundle where its own hash says, in one step: two runs at once never see half a file. */
function keep(contents: Uint8Array): string {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  const folder = resolve(ROOT, process.env.CDKTF_OUTDIR ?? "cdktf.out", "bundles", hash);
  const file = join(folder, "index.js");
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, contents);
  renameSync(`${file}.${process.pid}`, file);
  return file;
}
