import type { App, TerraformStack } from "cdktf";
import { environments } from "./environments";
import { checkNames } from "./equal-names";
import { IdentityStack } from "./identity-stack";
import { stackName } from "./names";
import { StateStack } from "./state-stack";
import { skipTokenTraces } from "./token-traces";

/**
 * Two stacks for each environment: the buckets that a deployment needs, and the pools.
 * @throws SettingsError when a setting is wrong, or two stacks would have one name in AWS
 */
export function buildStacks(app: App): TerraformStack[] {
  skipTokenTraces();
  const stacks = environments().flatMap((environment) => [
    new StateStack(app, stackName("state", environment), environment),
    new IdentityStack(app, stackName("identity", environment), environment),
  ]);
  checkNames(stacks);
  return stacks;
}
