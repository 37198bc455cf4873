import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../local/problem";
import { run } from "../../local/processes";
import { shownJson, terraformProgram, terraformVariables } from "../terraform";
import type { Adoptable } from "./adoptable";

/** The backend of a state in the folder. Terraform lets such a file replace what the stack says. */
const OWN_BACKEND = "backend_override.tf.json";
const OWN_STATE = "own.tfstate";

/** A plan that Terraform has stored. */
export interface Plan {
  readonly file: string;
  /** As `terraform show -json` prints it. */
  readonly json: string;
  /** For people to read. */
  readonly text: string;
}

/** Runs Terraform in the folder of a synthesized stack, with the person's own settings and credentials. */
export class Terraform {
  constructor(
    private readonly folder: string,
    private readonly stop: AbortSignal,
  ) {}

  /** Uses the backend of the stack: the bucket. */
  async useBucket(): Promise<void> {
    rmSync(this.file(OWN_BACKEND), { force: true });
    await this.call(["init", "-input=false", "-no-color", "-reconfigure"]);
  }

  /** Uses a state in the folder, empty or with this content, to plan what cannot be in the bucket yet. */
  async useOwnState(content?: string): Promise<void> {
    const backend = { terraform: { backend: { local: { path: OWN_STATE } } } };
    writeFileSync(this.file(OWN_BACKEND), JSON.stringify(backend));
    if (content !== undefined) writeFileSync(this.file(OWN_STATE), content);
    await this.call(["init", "-input=false", "-no-color", "-reconfigure"]);
  }

  /** Names what the next plan imports. */
  imports(resources: readonly Adoptable[]): void {
    const blocks = resources.map(({ address: to, id }) => ({ to, id }));
    writeFileSync(this.file("imports.tf.json"), JSON.stringify({ import: blocks }));
  }

  /** Plans without taking the lock. */
  async plan(): Promise<Plan> {
    const file = "plan";
    await this.call(["plan", "-input=false", "-no-color", "-lock=false", `-out=${file}`]);
    const json = await this.call(["show", "-json", file]);
    const text = await this.call(["show", "-no-color", file]);
    return { file, json: shownJson(json), text: text.trim() };
  }

  /** Applies a plan, and prints what Terraform does. The lock is the caller's. */
  async apply({ file }: Plan): Promise<void> {
    await this.call(["apply", "-input=false", "-no-color", "-lock=false", file], (text) => process.stdout.write(text));
  }

  /** @throws Problem with what Terraform says, when it fails */
  private async call(args: string[], show?: (text: string) => void): Promise<string> {
    // The folder is an argument, so that state-lock.ts sees whether this still runs.
    const { ok, output } = await run(terraformProgram(), [`-chdir=${this.folder}`, ...args], {
      env: terraformVariables(),
      log: this.file("terraform.log"),
      stop: this.stop,
      show,
    });
    if (ok) return output;
    throw new Problem(`terraform ${args[0]} failed${show ? ": see above." : `:\n${output.trim()}`}`);
  }

  private file(name: string): string {
    return join(this.folder, name);
  }
}
