import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { deploymentMark } from "./emulator";
import { scratch } from "./scratch";
import { STATE_STACK } from "./settings";

// A deployment that is cut off is not saved by the emulator, whose S3, with Terraform's state in it, is on disk at once.
// Left so, what the deployment had destroyed would be back, and in no state: in the way for ever. So both go back together.

/** What holds Terraform's states: the emulator's S3, and the state stack's own file. */
const STATES = [["emulator", "s3"], [`${STATE_STACK}.tfstate`]];

/** Remembers where everything is before a deployment. */
export function rememberStates(): void {
  for (const path of STATES) replace(scratch("before", ...path), scratch(...path));
}

/** Goes back to where everything was, if the last deployment was cut off; the emulator must not run yet. */
export function rollBackStates(): void {
  const mark = deploymentMark();
  if (!existsSync(mark) || !readFileSync(mark, "utf8").startsWith("deploy ") || !existsSync(scratch("before"))) return;
  console.log("The last deployment was cut off: it starts again from where it was before.");
  for (const path of STATES) replace(scratch(...path), scratch("before", ...path));
}

/** Makes one the same as the other, gone if that is not there. */
function replace(target: string, source: string): void {
  rmSync(target, { recursive: true, force: true });
  if (existsSync(source)) cpSync(source, target, { recursive: true });
}
