import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { publishedEnvironment } from "../../local/outputs";
import { shownJson } from "../../tools/terraform";
import { ROOT } from "../checkout";
import { run, succeed } from "../e2e/cdktf";
import type { Ids, TrialChange } from "./fixtures/fork-changes";
import { type ForkChange, REVIEWED, SECRET, synthesizeReviewed } from "./fixtures/reviewed";

type Stack = keyof typeof REVIEWED;

/** The stacks of fixtures/reviewed.ts on a running local cloud: deployed once, and planned with many changes. */
export class DeployedStacks {
  private readonly env: NodeJS.ProcessEnv;

  /** @param folder the local folder of the cloud, inside the project */
  constructor(private readonly folder: string) {
    this.env = { ...publishedEnvironment(join(ROOT, folder, "env")), LOCAL_DIR: folder };
    rmSync(join(ROOT, folder, "reviewed"), { recursive: true, force: true });
    mkdirSync(join(ROOT, folder, "reviewed"));
    const { AWS_ENDPOINT_URL = "" } = this.env;
    Object.assign(process.env, {
      LOCAL_DIR: folder,
      LOCAL_PACKAGING: "synth",
      LOCAL_PORT: new URL(AWS_ENDPOINT_URL).port,
    });
  }

  async deploy(): Promise<void> {
    const ses = ["ses", "verify-email-identity", "--email-address", "no-reply@mail.example.org"];
    await this.aws(...ses);
    await this.aws("ssm", "put-parameter", "--name", SECRET, "--type", "SecureString", "--value", "for a trial alone");
    synthesizeReviewed(this.outputOf("deployed"));
    for (const stack of ["state", "identity"] as const) {
      const cwd = this.stackFolder("deployed", stack);
      await succeed(this.command("terraform", ["init", "-input=false", "-no-color"], cwd));
      await succeed(this.command("terraform", ["apply", "-auto-approve", "-input=false", "-no-color"], cwd));
    }
  }

  /** Plans a change, after what it does outside of Terraform, and undoes that again. */
  async planChange({ stack = "identity", args, outside, refresh, ...change }: TrialChange): Promise<string> {
    const addresses = new Map<string, string>();
    const text = readFileSync(join(ROOT, this.stackFolder("deployed", stack), "cdk.tf.json"), "utf8");
    const resources: Record<string, Record<string, { "//": { metadata: { path: string } } }>> = JSON.parse(
      text,
    ).resource;
    for (const [type, named] of Object.entries(resources)) {
      for (const [name, { "//": about }] of Object.entries(named)) {
        addresses.set(about.metadata.path.replace(/^[^/]+\//, ""), `${type}.${name}`);
      }
    }
    const address = (path: string) => addresses.get(path) ?? `There is no ${path}`;
    const steps = outside?.(await this.names(stack, address));
    if (steps) await this.aws(...steps.does);
    try {
      return await this.plan(stack, change, [...(refresh ? [] : ["-refresh=false"]), ...(args?.(address) ?? [])]);
    } finally {
      if (steps) await this.aws(...steps.undoes);
    }
  }

  /** The names in AWS of deployed resources, by their path. */
  private async names(stack: Stack, address: (path: string) => string): Promise<Ids> {
    const { output } = await this.command("terraform", ["show", "-json"], this.stackFolder("deployed", stack));
    const { values } = JSON.parse(shownJson(output));
    const resources: { address: string; values: { name?: string } }[] = values.root_module.resources;
    return { nameOf: (path) => resources.find((one) => one.address === address(path))?.values.name ?? "" };
  }

  /**
   * Plans changed stacks.
   * @returns what `terraform show -json` prints of the plan, also if planning failed
   */
  async plan(stack: Stack, change: ForkChange, args: readonly string[] = []): Promise<string> {
    const cwd = this.change(stack, change);
    rmSync(join(ROOT, cwd, "plan"), { force: true });
    const planned = await this.terraform(
      stack,
      "plan",
      "-input=false",
      "-no-color",
      "-lock=false",
      "-out=plan",
      ...args,
    );
    const shown = await this.terraform(stack, "show", "-json", "plan");
    if (shown.code !== 0) throw new Error(`There is no plan:\n${planned.output}`);
    return shownJson(shown.output);
  }

  /** Synthesizes changed stacks. @returns the folder of one of them */
  private change(stack: Stack, change: ForkChange): string {
    synthesizeReviewed(this.outputOf("changed"), change);
    const folder = this.stackFolder("changed", stack);
    const versions = join(ROOT, this.stackFolder("deployed", stack), ".terraform.lock.hcl");
    copyFileSync(versions, join(ROOT, folder, ".terraform.lock.hcl"));
    return folder;
  }

  /** Deploys changed stacks: only the identity stack. */
  async apply(change: ForkChange): Promise<string> {
    this.change("identity", change);
    return succeed(this.terraform("identity", "apply", "-auto-approve", "-input=false", "-no-color"));
  }

  /** Runs Terraform in a changed stack, with the providers and the backend of the deployed one. */
  terraform(stack: Stack, ...args: string[]): Promise<{ code: number; output: string }> {
    const data = join(ROOT, this.stackFolder("deployed", stack), ".terraform");
    return this.command("terraform", args, this.stackFolder("changed", stack), { TF_DATA_DIR: data });
  }

  /** Runs the AWS command line, to change something outside of Terraform. */
  aws(...args: string[]): Promise<string> {
    return succeed(this.command("aws", args, "."));
  }

  /** Not in the folder itself, which is the local cloud's. */
  private outputOf(output: "deployed" | "changed"): string {
    return join(this.folder, "reviewed", output);
  }

  private stackFolder(output: "deployed" | "changed", stack: Stack): string {
    return join(this.outputOf(output), "stacks", REVIEWED[stack]);
  }

  private command(name: string, args: string[], cwd: string, variables: NodeJS.ProcessEnv = {}) {
    return run(name, args, join(ROOT, cwd), { ...this.env, ...variables });
  }
}
