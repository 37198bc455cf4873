import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stackFolder } from "./deploy";
import { IDENTITY_STACK, STATE_STACK } from "./identifiers";
import { localPath, writeAtOnce } from "./local-folder";

/** Identifies the stacks that were deployed last. It is missing while a deployment runs, and after one that failed. */
const record = () => localPath("deployed");

/** Whether the synthesized stacks are those that were deployed last. Their JSON has a hash of each function's code. */
export function isAsDeployed(): boolean {
  return existsSync(record()) && readFileSync(record(), "utf8") === synthesized();
}

/** Call it before a deployment. */
export function forgetDeployment(): void {
  rmSync(record(), { force: true });
}

/** Call it after a deployment that succeeded. */
export function rememberDeployment(): void {
  writeAtOnce(record(), synthesized());
}

function synthesized(): string {
  const hash = createHash("sha256");
  for (const stack of [STATE_STACK, IDENTITY_STACK]) hash.update(readFileSync(join(stackFolder(stack), "cdk.tf.json")));
  return hash.digest("hex");
}
