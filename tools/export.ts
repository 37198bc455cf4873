import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SettingsError } from "../lib/checked-settings";
import { synthesize } from "../lib/synthesize";
import { Problem } from "../local/problem";
import { parseArguments } from "./arguments";
import { environmentNamed } from "./environment-named";
import { exportStack, isInUse } from "./export/export-stack";

const HELP = `Export: an environment's stacks as HCL, for Terraform without CDKTF (docs/export.md)

  npm run export -- --environment <name> [--to <folder>]
      Write the stacks and the code of their functions. Terraform checks what was written, and changes nothing. There,
      terraform init finds the state of the deployed stack, and terraform plan shows no changes.

  --to <folder>  Where: it must be empty, or not exist. Without it, exported/<environment>
  --help         Print this

  Exit codes: 0 done; 1 Terraform does not accept it; 2 wrong arguments or settings.`;

/** Wrong arguments. */
class UsageError extends Error {}

const usage = (sentence: string) => new UsageError(`${sentence}; npm run export -- --help says more.`);

const options = {
  environment: { type: "string" },
  to: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Runs the command of the arguments, and returns the exit code. */
export async function run(args: string[]): Promise<number> {
  try {
    const { help, environment: name, to } = parseArguments({ args, options }, usage).values;
    if (help) {
      console.log(HELP);
      return 0;
    }
    const environment = environmentNamed(name, usage);
    const target = to ?? join("exported", environment.name);
    if (target === "") throw usage("--to is empty");
    if (isInUse(target)) throw usage(`${target} is not empty: delete it, or name another folder with --to`);
    await exportEnvironment(environment.name, target);
    return 0;
  } catch (error) {
    const known = [UsageError, SettingsError, Problem].some((kind) => error instanceof kind);
    console.error(known && error instanceof Error ? error.message : error);
    return error instanceof UsageError || error instanceof SettingsError ? 2 : 1;
  }
}

async function exportEnvironment(name: string, target: string): Promise<void> {
  const outdir = mkdtempSync(join(tmpdir(), "export-"));
  try {
    process.env.ENVIRONMENT = name;
    for (const { node } of synthesize({ outdir })) {
      console.log(`Writing ${node.id} ...`);
      await exportStack(join(outdir, "stacks", node.id), join(target, node.id));
      console.log(`${join(target, node.id)} is written, and terraform validate accepts it.`);
    }
    console.log("There, terraform init finds the state of the deployed stack, and terraform plan shows no changes.");
  } catch (error) {
    // It was empty, and half an export is of no use.
    rmSync(target, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

if (require.main === module) {
  run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
