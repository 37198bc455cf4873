import type { App, TerraformStack } from "cdktf";
import { environments } from "./environments";
import { IdentityStack } from "./identity-stack";
import { StateStack } from "./state-stack";

/** Two stacks for each environment: the buckets that a deployment needs, and the pools. */
export function buildStacks(app: App): TerraformStack[] {
  return environments().flatMap((environment) => [
    new StateStack(app, `state-${environment.name}`, environment),
    new IdentityStack(app, `identity-${environment.name}`, environment),
  ]);
}
