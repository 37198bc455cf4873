import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { StackOutputs } from "../contract/pools";
import { deploymentMark } from "./emulator";
import { IDENTITY_STACK } from "./identifiers";
import { LOCAL_FOLDER, localPath, ROOT, writeAtOnce } from "./local-folder";
import { Problem } from "./problem";
import { type Result, type RunOptions, run } from "./processes";
import { forgetProviders } from "./providers";
import { withoutCloudVariables } from "./shell-variables";
import { errorIn, planIn } from "./terraform-output";

/** It is not the folder of a deployment to AWS: Terraform stores there which backend it uses. */
const OUTPUT = relative(ROOT, join(LOCAL_FOLDER, "cdktf.out"));

/** The folder of a synthesized stack: its JSON, and the files of Terraform. */
export function stackFolder(stack: string): string {
  return join(ROOT, OUTPUT, "stacks", stack);
}

type CallOptions = Pick<RunOptions, "cwd" | "started">;

/** Deploys to the local cloud, by the real `cdktf` command. */
export class Cdktf {
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    env: Record<string, string>,
    private readonly stop: AbortSignal,
  ) {
    // With CI set, cdktf prints plain lines instead of an animation.
    this.env = { ...withoutCloudVariables(process.env), ...env, CI: "true" };
  }

  /**
   * Runs the app itself, as cdktf does: starting cdktf takes longer than the whole synthesis.
   * @throws Problem when the app does not synthesize
   */
  async synth(): Promise<void> {
    const { app } = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8"));
    await this.call("synthesis", "sh", ["-c", app], { CDKTF_OUTDIR: OUTPUT });
  }

  /** @throws Problem with what Terraform says, when it fails */
  async deploy(stack: string): Promise<void> {
    await this.apply("deploy", stack, ["--outputs-file", outputsFile(stack)]);
  }

  /**
   * Deploys a stack that `deploy` has deployed in this run. Only Terraform runs, once for plan and apply, which takes
   * half the time. Its outputs are for `keepOutputs`.
   * @throws Problem with what Terraform says, when it fails
   */
  async deployAgain(stack: string): Promise<void> {
    // Nobody else changes what was deployed a moment ago, but for code that is swapped.
    const args = ["apply", "-auto-approve", "-refresh=false", "-input=false", "-no-color"];
    await this.report("deploy", stack, (started) =>
      this.terraform(`terraform apply ${stack}`, "terraform", args, { cwd: stackFolder(stack), started }),
    );
  }

  /** @throws Problem with what Terraform says, when it fails */
  async destroy(stack: string): Promise<void> {
    await this.apply("destroy", stack, []);
  }

  /** @returns what Terraform would change, as Terraform prints it */
  async diff(stack: string): Promise<string> {
    return planIn((await this.cdktf("diff", stack, ["--skip-provider-lock"])).output);
  }

  private apply(verb: string, stack: string, more: string[]): Promise<void> {
    const args = ["--auto-approve", "--skip-synth", "--skip-provider-lock", ...more];
    return this.report(verb, stack, (started) => this.cdktf(verb, stack, args, started));
  }

  /** Does something to a stack, marks that it is under way, and prints what was done. */
  private async report(
    verb: string,
    stack: string,
    change: (started: RunOptions["started"]) => Promise<Result>,
  ): Promise<void> {
    const since = Date.now();
    const mark = deploymentMark();
    const started = (group: number) => writeFileSync(mark, `${verb} ${group}`);
    const wait = () => console.log(`  Terraform ends what it has begun in ${stack}: this can take half a minute.`);
    this.stop.addEventListener("abort", wait);
    const { output } = await change(started).finally(() => {
      this.stop.removeEventListener("abort", wait);
      if (!this.stop.aborted) rmSync(mark, { force: true });
    });
    const counts = output.match(/(?:Apply|Destroy) complete! Resources: (.*)\./)?.[1];
    const seconds = Math.round((Date.now() - since) / 1000);
    console.log(`  ${stack}: ${counts ?? "done"} (${seconds} s)`);
  }

  private cdktf(verb: string, stack: string, more: string[], started?: RunOptions["started"]): Promise<Result> {
    const command = join(ROOT, "node_modules", ".bin", "cdktf");
    const args = [verb, stack, ...more, "--output", OUTPUT, "--no-color"];
    return this.terraform(`cdktf ${verb} ${stack}`, command, args, { started });
  }

  /** Runs Terraform, alone or by cdktf. */
  private terraform(what: string, command: string, args: string[], options: CallOptions): Promise<Result> {
    return this.call(what, command, args, {}, options).catch((error) => {
      // It may have failed because what had Terraform's providers has them no longer.
      forgetProviders();
      throw error;
    });
  }

  private async call(
    what: string,
    command: string,
    args: string[],
    variables: NodeJS.ProcessEnv,
    { cwd = ROOT, started }: CallOptions = {},
  ): Promise<Result> {
    const log = localPath("logs", `${what.replace("cdktf ", "").replaceAll(" ", ".")}.log`);
    const env = { ...this.env, ...variables };
    const result = await run(command, args, { cwd, env, log, started, stop: this.stop });
    if (result.ok) return result;
    throw new Problem(`${what} failed:\n${errorIn(result.output)}\nThe whole log is ${log}.`);
  }
}

/** Whether a deployment of the stacks has ever succeeded. */
export function wasDeployed(): boolean {
  return existsSync(outputsFile(IDENTITY_STACK));
}

/** The state of a stack that keeps it in a file. */
export const ownState = (stack: string): string => readFileSync(localPath(`${stack}.tfstate`), "utf8");

/** The pools of the last deployment, in the stack's order. */
export function deployedPools(): StackOutputs["pools"] {
  const outputs: Record<string, StackOutputs> = JSON.parse(readFileSync(outputsFile(IDENTITY_STACK), "utf8"));
  return inOrder(outputs[IDENTITY_STACK]);
}

/** The pools in a stack's outputs by name, in the stack's order. Empty if the stack has no such output. */
export function inOrder(outputs: Partial<StackOutputs> = {}): StackOutputs["pools"] {
  const { pools = {}, poolNames = [] } = outputs;
  const place = (name: string) => poolNames.indexOf(name);
  return Object.fromEntries(Object.entries(pools).sort(([one], [other]) => place(one) - place(other)));
}

/** Keeps the outputs in the text of the identity stack's state, as `deploy` keeps them. */
export function keepOutputs(state: string): void {
  const outputs: Record<string, { value: unknown }> = JSON.parse(state).outputs;
  const values = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  writeAtOnce(outputsFile(IDENTITY_STACK), JSON.stringify({ [IDENTITY_STACK]: values }, null, 2));
}

function outputsFile(stack: string): string {
  return localPath(`${stack}.outputs.json`);
}
