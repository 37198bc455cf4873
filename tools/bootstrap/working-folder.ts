import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import type { StackJson } from "./adoptable";
import { PROCESS_FILE } from "./state-lock";

/** A folder that only this run uses. It never holds the only copy of a state. */
export class WorkingFolder {
  readonly path = mkdtempSync(join(tmpdir(), "bootstrap-"));

  constructor() {
    writeFileSync(join(this.path, PROCESS_FILE), String(process.pid));
  }

  /** Writes a stack's JSON for Terraform. @returns the folder of the stack, and the JSON */
  synthesize(build: (app: App) => TerraformStack): { folder: string; json: StackJson } {
    const app = new App({ outdir: join(this.path, "cdktf.out") });
    const stack = build(app);
    app.synth();
    const folder = join(app.outdir, "stacks", stack.node.id);
    return { folder, json: JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
