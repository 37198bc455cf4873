import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { SettingsError } from "../lib/checked-settings";
import { buildStacks } from "../lib/stacks";
import { localPath } from "../local/local-folder";
import { explained, Interrupted, Problem } from "../local/problem";
import { stopRequests } from "../local/stop-requests";
import { parseArguments } from "./arguments";
import { scanStacks } from "./checkov";

const HELP = `Scan: what checkov says of the stacks of all environments (docs/security.md)

  npm run scan    Synthesize all environments into .local/ and scan their JSON. Checkov is installed once
  --help          Print this

  Exit codes: 0 every rule is followed, or has its reason; 1 one is not, the scan failed, or wrong arguments; 130 stopped by you.`;

/** Synthesizes every environment and scans it. @returns whether nothing is unexplained */
async function scan(stop: AbortSignal): Promise<boolean> {
  // All environments are scanned, so this variable, which selects one for synthesis, is ignored.
  delete process.env.ENVIRONMENT;
  const outdir = localPath("scan", "cdktf.out");
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(join(outdir, "stacks"), { recursive: true });
  const app = new App({ outdir });
  buildStacks(app);
  app.synth();

  const { version, stacks, passed, explained, problems } = await scanStacks(outdir, stop);
  for (const line of explained) console.log(line);
  for (const problem of problems) console.error(problem);
  console.log(
    `Checkov ${version} read ${stacks} stacks: ${passed} checks passed, and ${problems.length === 0 ? "every other has its reason" : `${problems.length} are not right`}.`,
  );
  return problems.length === 0;
}

// npm run scan
async function main(): Promise<void> {
  try {
    const options = { help: { type: "boolean", short: "h", default: false } } as const;
    const usage = (sentence: string) => new SettingsError(`${sentence}; npm run scan -- --help says more.`);
    if (parseArguments({ args: process.argv.slice(2), options }, usage).values.help) return console.log(HELP);
    if (!(await scan(stopRequests().signal))) process.exitCode = 1;
  } catch (cause) {
    const error = explained(cause);
    const known = [Problem, Interrupted, SettingsError].some((type) => error instanceof type);
    console.error(known && error instanceof Error ? error.message : error);
    process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
  }
}

void main();
