import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { StackOutputs } from "../contract/pools";
import { deploymentMark } from "./emulator";
import { withoutOtherClouds } from "./environment";
import { Problem } from "./problem";
import { type Result, type RunOptions, run } from "./processes";
import { ROOT, SCRATCH, scratch } from "./scratch";
import { IDENTITY_STACK } from "./settings";
import { complaint, plan } from "./terraform-words";

/** Not the folder of a deployment to AWS, whose Terraform remembers another backend. */
const OUTPUT = relative(ROOT, join(SCRATCH, "cdktf.out"));

/** What cdktf has made of a stack: the JSON, and where Terraform works. */
export function stackFolder(stack: string): string {
  return join(ROOT, OUTPUT, "stacks", stack);
}

/** The real `cdktf`, on the local cloud. */
export class Cdktf {
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    env: Record<string, string>,
    private readonly stop: AbortSignal,
  ) {
    // As in CI, cdktf prints each line once, and no moving ones.
    this.env = { ...withoutOtherClouds(process.env), ...env, CI: "true" };
  }

  /** @throws Problem when the app does not synthesize */
  async synth(): Promise<void> {
    await this.call("synth", []);
  }

  /** @throws Problem with what Terraform says, when it fails */
  async deploy(stack: string): Promise<void> {
    await this.apply("deploy", stack, ["--outputs-file", outputsFile(stack)]);
  }

  /** @throws Problem with what Terraform says, when it fails */
  async destroy(stack: string): Promise<void> {
    await this.apply("destroy", stack, []);
  }

  /** @returns what Terraform would change, in its own words */
  async diff(stack: string): Promise<string> {
    return plan((await this.call("diff", [stack, "--skip-provider-lock"])).output);
  }

  private async apply(verb: string, stack: string, more: string[]): Promise<void> {
    const since = Date.now();
    const args = [stack, "--auto-approve", "--skip-synth", "--skip-provider-lock", ...more];
    const mark = deploymentMark();
    const started = (group: number) => writeFileSync(mark, `${verb} ${group}`);
    const wait = () => console.log(`  Terraform ends what it has begun in ${stack}: this can take half a minute.`);
    this.stop.addEventListener("abort", wait);
    const { output } = await this.call(verb, args, started).finally(() => {
      this.stop.removeEventListener("abort", wait);
      if (!this.stop.aborted) rmSync(mark, { force: true });
    });
    const counts = output.match(/(?:Apply|Destroy) complete! Resources: (.*)\./)?.[1];
    const seconds = Math.round((Date.now() - since) / 1000);
    console.log(`  ${stack}: ${counts ?? "done"} (${seconds} s)`);
  }

  private async call(verb: string, args: string[], started?: RunOptions["started"]): Promise<Result> {
    const log = scratch("logs", [verb, ...args.slice(0, 1), "log"].join("."));
    const cdktf = join(ROOT, "node_modules", ".bin", "cdktf");
    const result = await run(cdktf, [verb, ...args, "--output", OUTPUT, "--no-color"], {
      cwd: ROOT,
      env: this.env,
      log,
      started,
      stop: this.stop,
    });
    if (result.ok) return result;
    throw new Problem(
      `${["cdktf", verb, ...args.slice(0, 1)].join(" ")} failed:\n${complaint(result.output)}\nThe whole log is ${log}.`,
    );
  }
}

/** Whether the stacks were ever deployed to the end. */
export function wasDeployed(): boolean {
  return existsSync(outputsFile(IDENTITY_STACK));
}

/** The pools that the last deployment has made or found, in the stack's order. */
export function deployedPools(): StackOutputs["pools"] {
  const outputs: Record<string, StackOutputs> = JSON.parse(readFileSync(outputsFile(IDENTITY_STACK), "utf8"));
  return inOrder(outputs[IDENTITY_STACK]);
}

/** A stack's pools by name, in the stack's order; none where it gives out none. */
export function inOrder(outputs: Partial<StackOutputs> = {}): StackOutputs["pools"] {
  const { pools = {}, poolNames = [] } = outputs;
  const place = (name: string) => poolNames.indexOf(name);
  return Object.fromEntries(Object.entries(pools).sort(([one], [other]) => place(one) - place(other)));
}

function outputsFile(stack: string): string {
  return scratch(`${stack}.outputs.json`);
}
