import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { deploymentMark } from "./emulator";
import { Problem } from "./problem";
import { type Result, type RunOptions, run } from "./processes";
import type { ProviderSource } from "./providers";
import { ROOT, SCRATCH, scratch } from "./scratch";
import { IDENTITY_STACK, REGION } from "./settings";

/** The ids of the deployed pools, as the stack's output has them. */
export type Pools = Record<"verified" | "anonymous", { userPoolId: string; clientId: string }>;

/** Not the folder of a deployment to AWS, whose Terraform remembers another backend. */
const OUTPUT = relative(ROOT, scratch("cdktf.out"));

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
    const { output } = await this.call(verb, args, started).finally(() => {
      if (!this.stop.aborted) rmSync(mark, { force: true });
    });
    const counts = output.match(/(?:Apply|Destroy) complete! Resources: (.*)\./)?.[1];
    const seconds = Math.round((Date.now() - since) / 1000);
    console.log(`  ${stack}: ${counts ?? "done"} (${seconds} s)`);
  }

  private async call(
    verb: string,
    args: string[],
    started?: RunOptions["started"],
  ): Promise<Result> {
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

/** The ids of the pools that the last deployment has made or found. */
export function deployedPools(): Pools {
  const outputs = JSON.parse(readFileSync(outputsFile(IDENTITY_STACK), "utf8"));
  const { verified, anonymous } = outputs[IDENTITY_STACK].pools;
  return { verified, anonymous };
}

/** What the local cloud is reached at. */
export function endpointAt(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** What makes cdktf, Terraform and the AWS tools talk to the local cloud, and to no other. */
export function cloudEnvironment(port: number, source: ProviderSource): Record<string, string> {
  return {
    ENVIRONMENT: "local",
    LOCAL_PORT: String(port),
    LOCAL_DIR: SCRATCH,
    LOCAL_PACKAGING: source.packaging,
    ...source.env,
    CHECKPOINT_DISABLE: "1",
    AWS_ENDPOINT_URL: endpointAt(port),
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
}

/** A profile or a Terraform workspace of the person who runs us would lead away from here. */
function withoutOtherClouds(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const leadsAway = /^(AWS_|TF_(WORKSPACE|DATA_DIR|CLI_ARGS|VAR_|LOG))/;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !leadsAway.test(name)));
}

/** What Terraform plans, without the steps that led there and without the stack's name before each line. */
export function plan(output: string): string {
  const begin = output.search(/^.*(No changes\.|Terraform used the selected providers)/m);
  const [text = ""] = output.slice(Math.max(begin, 0)).split(/^.*─{9}/m);
  const margin = text.indexOf("  ") + 2;
  return text.replace(new RegExp(`^.{${margin}}`, "gm"), "").trimEnd();
}

/** What Terraform puts into its boxes, or the last lines where there is none. */
export function complaint(output: string): string {
  // Without the spinner, which turns even where nobody looks.
  const lines = output.split("\n").filter((line) => !/^[\u2800-\u28ff]/.test(line));
  const boxed = lines
    .filter((line) => line.includes("│"))
    .map((line) => line.replace(/^.*?│/, "  │"));
  const said =
    boxed.length > 0 ? [...new Set(boxed)] : lines.filter((line) => line.trim()).slice(-15);
  return said.slice(0, 40).join("\n");
}

function outputsFile(stack: string): string {
  return scratch(`${stack}.outputs.json`);
}
