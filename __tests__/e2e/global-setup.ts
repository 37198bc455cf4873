import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "jest";
import { freePort } from "../../local/prerequisites";
import { BROWSERS, findBrowser } from "./find-browser";

const ROOT = join(__dirname, "../..");

/** Where the tests' own local cloud lies, beside the one that you work with. */
export const TEST_DIR = join(".local", "test");

/** What a run leaves there beside the cloud's own: the stacks that only tests deploy, and what no log may hold. */
export const FIXTURES_DIR = join(ROOT, TEST_DIR, "fixtures");

/** Starts a local cloud from nothing with `npm run local`, as a user would; all end-to-end tests share it. */
export default async function start(_: Config): Promise<void> {
  const missing = ["terraform", "python3"].filter((tool) => spawnSync(tool, ["--version"]).status !== 0);
  if (missing.length > 0) {
    if (process.env.CI) throw new Error(`The end-to-end tests need ${missing.join(" and ")} on the PATH.`);
    console.error(`\n*** The end-to-end tests are SKIPPED: ${missing.join(" and ")} is not on the PATH. ***\n`);
    process.env.E2E_SKIP = "true";
    return;
  }
  if (!findBrowser()) {
    const wanted = `one of ${BROWSERS.join(", ")} on the PATH, or the variable BROWSER_PATH`;
    if (process.env.CI) throw new Error(`The browser tests need ${wanted}.`);
    console.error(`\n*** The browser tests are SKIPPED: they need ${wanted}. ***\n`);
  }
  // The AWS SDK warns on Node 20 that versions of 2027 will not support it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  // Terraform and its provider, which make 1,500 schemas anew for each plan, take two thirds of the CPU with this.
  process.env.GOGC ??= "400";
  process.env.LOCAL_DIR = TEST_DIR;
  process.env.LOCAL_PORT = String(await freePort());
  process.env.LOCAL_WEB_PORT = String(await freePort());
  process.env.WEBHOOK_PORT = String(await freePort());
  const outputs = join(ROOT, TEST_DIR, "outputs.json");
  // A run that was killed has left its own, which would count as this one's.
  rmSync(outputs, { force: true });
  const cloud = spawn(process.execPath, ["--import", "tsx", "local/main.ts", "--fresh"], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => cloud.once("exit", resolve));
  globalThis.stopCloud = async () => {
    cloud.kill("SIGINT");
    await ended;
  };
  while (!existsSync(outputs)) {
    if (cloud.exitCode !== null) throw new Error("The local cloud did not start: it says why above.");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  rmSync(FIXTURES_DIR, { recursive: true, force: true });
  mkdirSync(FIXTURES_DIR);
}

declare global {
  var stopCloud: (() => Promise<void>) | undefined;
}
