import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { deploymentMark } from "./emulator";
import { STATE_STACK } from "./identifiers";
import { localPath } from "./local-folder";

// The emulator writes its S3, with Terraform's state, to disk at once, but everything else only after a deployment. So
// after an interrupted deployment the state is newer than the resources. A resource that the deployment had destroyed
// would exist again without being in the state, and every later deployment would fail. So the state is restored too.

/** Where Terraform's states are: in the emulator's S3, and in the state stack's own file. */
const STATES = [["emulator", "s3"], [`${STATE_STACK}.tfstate`]];

/** Copies Terraform's states before a deployment. */
export function copyStates(): void {
  for (const path of STATES) replace(localPath("before", ...path), localPath(...path));
}

/** Restores the copies if the last deployment was interrupted. The emulator must not run yet. */
export function restoreStates(): void {
  const mark = deploymentMark();
  if (!existsSync(mark) || !readFileSync(mark, "utf8").startsWith("deploy ") || !existsSync(localPath("before")))
    return;
  console.log("The last deployment was interrupted: everything is as it was before it.");
  for (const path of STATES) replace(localPath(...path), localPath("before", ...path));
}

/** Makes the target a copy of the source, or deletes it if there is no source. */
function replace(target: string, source: string): void {
  rmSync(target, { recursive: true, force: true });
  if (existsSync(source)) cpSync(source, target, { recursive: true });
}
