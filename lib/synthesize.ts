import type { AppConfig, TerraformStack } from "cdktf";
import { checkAllLocks } from "./locks";
import { newApp, writeApp } from "./new-app";
import { checkRuntime } from "./runtime-end";
import { buildStacks } from "./stacks";

/**
 * Synthesizes the stacks of the environments, once everything about them is checked.
 * @throws SettingsError when something is wrong; nothing is written then
 */
export function synthesize({ outdir }: Pick<AppConfig, "outdir"> = {}): TerraformStack[] {
  // No stack traces: they would name the folders of this machine in the manifest.
  const app = newApp({ outdir, stackTraces: false });
  const stacks = buildStacks(app);
  checkAllLocks(stacks);
  checkRuntime(stacks);
  writeApp(app);
  return stacks;
}
