import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stackFolder } from "./deploy";
import { IDENTITY_STACK, STATE_STACK } from "./identifiers";
import { localPath, writeAtOnce } from "./local-folder";

/** Identifies the stacks that were deployed last. It is missing while a deployment runs, and after one that failed. */
const record = () => localPath("deployed");

const STACKS = [STATE_STACK, IDENTITY_STACK];

/** The synthesized stacks that are not as they were deployed last. Their JSON has a hash of each function's code. */
export function changedStacks(): string[] {
  const deployed = existsSync(record()) ? readFileSync(record(), "utf8").split("\n") : [];
  return STACKS.filter((stack) => !deployed.includes(synthesized(stack)));
}

/** Call it before a deployment. */
export function forgetDeployment(): void {
  rmSync(record(), { force: true });
}

/** Call it after a deployment that succeeded. */
export function rememberDeployment(): void {
  writeAtOnce(record(), STACKS.map(synthesized).join("\n"));
}

function synthesized(stack: string): string {
  const json = readFileSync(join(stackFolder(stack), "cdk.tf.json"));
  return `${stack} ${createHash("sha256").update(json).digest("hex")}`;
}
