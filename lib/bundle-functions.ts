import { relative, sep } from "node:path";
import { buildSync } from "esbuild";
import { zipSync } from "fflate";
import { SettingsError } from "./checked-settings";
import { BUNDLE_TARGET } from "./runtime";

/** How esbuild writes an export of an ES module in a CommonJS file. */
const EXPORTS_HANDLER = /\bhandler:\(\)=>/;

const WITH_PROVIDERS = "with-providers/";

/** The handler's name as a pool with identity providers runs it: other pools carry no code for providers. */
export const withProviders = (handler: string) => `${WITH_PROVIDERS}${handler}`;

const isWithProviders = (handler: string) => handler.startsWith(WITH_PROVIDERS);

/** A handler's name in `functions/`, for pools with and without providers. */
export const sourceOf = (handler: string) =>
  isWithProviders(handler) ? handler.slice(WITH_PROVIDERS.length) : handler;

/** The file of a handler. Its name is that of its folder, or also of a file there: `pre-sign-up/with-linking`. */
function fileOf(handler: string): string {
  const source = sourceOf(handler);
  return `functions/${source.includes("/") ? source : `${source}/index`}.ts`;
}

/**
 * The bundles of handlers by name, in one run of esbuild, or two if some are for pools with identity providers.
 * @param root the project's folder
 * @param handlers their names in `functions/`: the folder, or also the file where that is not `index.ts`; each as it is,
 *   or as `withProviders` names it
 * @throws SettingsError when one of them would not run in Lambda
 */
export function bundleFunctions(root: string, handlers: readonly string[]): Map<string, Uint8Array> {
  return new Map([
    ...bundlesOf(
      root,
      handlers.filter((handler) => !isWithProviders(handler)),
      { "globalThis.WITHOUT_PROVIDERS": "true" },
    ),
    ...bundlesOf(root, handlers.filter(isWithProviders), { "globalThis.WITHOUT_PROVIDERS": "false" }),
  ]);
}

function bundlesOf(root: string, handlers: readonly string[], define: Record<string, string>): Map<string, Uint8Array> {
  if (handlers.length === 0) return new Map();
  const { outputFiles, warnings } = buildSync({
    absWorkingDir: root,
    entryPoints: handlers.map((handler) => ({ in: fileOf(handler), out: handler })),
    outdir: "out",
    bundle: true,
    platform: "node",
    target: BUNDLE_TARGET,
    define,
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
      const handler = relative(`${root}/out`, path).split(sep).join("/").replace(/\.js$/, "");
      if (!EXPORTS_HANDLER.test(text)) {
        throw new SettingsError(
          `${fileOf(handler)} exports no handler, which Lambda calls: it must have "export const handler = …".`,
        );
      }
      return [handler, contents];
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
