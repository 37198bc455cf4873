import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Environment } from "../../lib/environments";
import { stackName } from "../../lib/names";
import { errorIn } from "../../local/terraform-output";
import { runProgram, terraformProgram, terraformVariables } from "../terraform";
import { type Plan, readPlan } from "./plan";
import { ReviewError } from "./review-error";

const ROOT = join(__dirname, "..", "..");

/** The folder that `cdktf` writes to, too. */
export const OUTPUT = "cdktf.out";

/** The stacks of an environment that can be planned here, and why another one cannot. */
export interface Synthesized {
  readonly stacks: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Synthesizes the stacks of one environment.
 * @throws ReviewError when synthesis stops, with its sentence
 */
export async function synthesize(environment: Environment): Promise<Synthesized> {
  const variables = { ...process.env, ENVIRONMENT: environment.name, CDKTF_OUTDIR: OUTPUT };
  const { code, stdout, stderr } = await runProgram(process.execPath, ["--import", "tsx", "main.ts"], ROOT, variables);
  if (code !== 0) {
    throw new ReviewError(`${environment.name} cannot be synthesized: ${(stderr || stdout).trim().slice(0, 2000)}`);
  }
  const all = (["state", "identity"] as const).map((kind) => stackName(kind, environment));
  const missing = all.filter((stack) => !hasState(stack));
  return {
    stacks: all.filter((stack) => !missing.includes(stack)),
    notes: missing.map((stack) => `${stack} is not reviewed: its state is in a file that is not on this machine.`),
  };
}

/** Whether the state of a stack can be read: it is in a bucket, or in a file that is here. */
function hasState(stack: string): boolean {
  const path = synthesized(stack).terraform?.backend?.local?.path;
  return path === undefined || existsSync(join(ROOT, OUTPUT, "stacks", stack, path));
}

interface Stack {
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path?: string } } };
  readonly resource?: Record<string, Record<string, { readonly lifecycle?: { readonly prevent_destroy?: boolean } }>>;
}

/** The JSON that Terraform gets for a stack. */
export function synthesized(stack: string, output = join(ROOT, OUTPUT)): Stack {
  return JSON.parse(readFileSync(join(output, "stacks", stack, "cdk.tf.json"), "utf8"));
}

/**
 * Plans a stack. Nothing is changed, and no lock is taken: a deployment at the same time goes on.
 * @throws ReviewError when there is no plan
 */
export async function planStack(stack: string): Promise<Plan> {
  // A plan holds what is secret in the state, so it does not stay.
  const scratch = mkdtempSync(join(tmpdir(), "review-"));
  const file = join(scratch, "plan");
  try {
    await terraform(stack, "init", "-input=false", "-no-color");
    const planned = await terraform(stack, "plan", "-input=false", "-no-color", "-lock=false", `-out=${file}`).catch(
      (error: ReviewError) => error,
    );
    // Terraform keeps a plan that it refuses, because of prevent_destroy for example.
    if (planned instanceof ReviewError && !existsSync(file)) throw planned;
    if (planned instanceof ReviewError) console.error(planned.message);
    return readPlan(await terraform(stack, "show", "-json", file), `The plan of ${stack}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function terraform(stack: string, command: string, ...args: string[]): Promise<string> {
  const folder = join(ROOT, OUTPUT, "stacks", stack);
  const { code, stdout, stderr } = await runProgram(
    terraformProgram(),
    [command, ...args],
    folder,
    terraformVariables(),
  );
  if (code === 0) return stdout;
  throw new ReviewError(
    `terraform ${command} of ${stack} failed: ${errorIn(stripVTControlCharacters(stderr || stdout))}`,
  );
}
