import "./real-bundles";

import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../lib/bundle";
import { bundleFunctions, withProviders } from "../../lib/bundle-functions";
import { SettingsError } from "../../lib/checked-settings";
import type { Environment } from "../../lib/environments";
import { IdentityStack } from "../../lib/identity-stack";
import { TRIGGERS } from "../../lib/triggers";
import { canReadAccess, type Trigger } from "../../lib/triggers/trigger";
import { resource, synthesize, testEnvironment } from "./synthesized";

const ROOT = join(__dirname, "../..");
/** Every file with a handler: its folder, and also its name where that is not `index.ts`. */
const HANDLERS = readdirSync(join(ROOT, "functions"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .filter((file) => /^export const handler\b/m.test(readFileSync(join(ROOT, "functions", file), "utf8")))
  .map((file) => file.replace(/(\/index)?\.ts$/, ""))
  .sort();
const triggers = Object.values<Trigger>(TRIGGERS);
const isSlow = (handler: string) => triggers.some(({ folder, slowToBundle }) => folder === handler && slowToBundle);

describe("a bundle", () => {
  const bundles = bundleFunctions(ROOT, HANDLERS);
  const hashes = (files: typeof bundles) =>
    [...files].map(([handler, contents]) => [handler, createHash("sha256").update(contents).digest("hex")]);

  it("is made of every handler, each of which is one of a trigger of the list", () => {
    expect([...bundles.keys()].sort()).toEqual(HANDLERS);
    const listed = triggers.flatMap(({ folder, otherHandler }) => [folder, otherHandler?.name ?? []].flat());
    expect(listed.sort()).toEqual(HANDLERS);
    for (const handler of HANDLERS) expect(bundle(handler)).toMatch(/\/index\.js$/);
  });

  const textOf = (bundle?: Uint8Array) => Buffer.from(bundle ?? []).toString();

  it("links people only where a pool has linking", () => {
    expect(textOf(bundles.get("pre-sign-up/with-linking"))).toContain("AdminLinkProviderForUser");
  });

  it.each(triggers.map(({ folder }) => folder))("of %s has nothing of identity providers", (handler) => {
    expect(textOf(bundles.get(handler))).not.toMatch(/LinkProvider|identities|providerName|EXTERNAL_PROVIDER/);
  });

  it.each(triggers.filter(canReadAccess).map(({ folder }) => withProviders(folder)))(
    "of %s finds a person by the names at providers",
    (handler) => {
      expect(readFileSync(join(ROOT, bundle(handler)), "utf8")).toMatch(/identities.*providerName/s);
    },
  );

  it("is the same bytes in another checkout, with spaces in its path", () => {
    const other = mkdtempSync(join(tmpdir(), "another checkout "));
    try {
      cpSync(join(ROOT, "functions"), join(other, "functions"), { recursive: true });
      cpSync(join(ROOT, "contract"), join(other, "contract"), { recursive: true });
      symlinkSync(join(ROOT, "node_modules"), join(other, "node_modules"));
      expect(hashes(bundleFunctions(other, HANDLERS))).toEqual(hashes(bundles));
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  it.each(HANDLERS)("of %s exports a handler and leaves the schema library behind", (handler) => {
    const exported = { exports: {} as Record<string, unknown> };
    const source = Buffer.from(bundles.get(handler) ?? []).toString();
    new Function("module", "exports", "require", source)(exported, exported.exports, require);
    expect(exported.exports.handler).toBeInstanceOf(Function);
    // The words of four languages are in some of them.
    expect(source.length).toBeLessThan(isSlow(handler) ? 400_000 : 32_000);
  });

  it.each([
    [
      "exports another name",
      "export const handle = async () => {};",
      'functions/pre-sign-up/index.ts exports no handler, which Lambda calls: it must have "export const handler = …".',
    ],
    [
      "has what CommonJS lacks",
      "export const handler = async () => import.meta.url;",
      'functions/pre-sign-up/index.ts:1 may not run in Lambda: "import.meta" is not available with the "cjs" output format and will be empty.',
    ],
  ])("is refused for a handler that %s", (_, source, sentence) => {
    const other = mkdtempSync(join(tmpdir(), "broken-handler-"));
    try {
      mkdirSync(join(other, "functions/pre-sign-up"), { recursive: true });
      writeFileSync(join(other, "functions/pre-sign-up/index.ts"), source);
      expect(() => bundleFunctions(other, ["pre-sign-up"])).toThrow(new SettingsError(sentence));
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  it("is refused for a handler that is no trigger's", () => {
    expect(() => bundle("pre-signup")).toThrow("No trigger of lib/triggers has the handler functions/pre-signup.");
  });
});

describe("a zip made at synthesis", () => {
  const environment: Environment = { ...testEnvironment(), packaging: "synth" };
  const hash = () => {
    const stack = synthesize((app) => new IdentityStack(app, "identity-test", environment));
    expect(stack.data).not.toHaveProperty("archive_file");
    expect(stack.provider.archive).toBeUndefined();
    return resource(stack, "aws_s3_object", "code_pre-sign-up").source_hash;
  };

  it("is the same bytes at any time, in any time zone", () => {
    const first = hash();
    expect(first).toMatch(/^[\w+/]{43}=$/);
    const zone = process.env.TZ;
    try {
      for (const other of ["Asia/Tokyo", "America/Los_Angeles"]) {
        process.env.TZ = other;
        utimesSync(bundle("pre-sign-up"), new Date(), new Date("2030-01-01"));
        expect(hash()).toBe(first);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});
