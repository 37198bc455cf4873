import { App, type TerraformStack } from "cdktf";
import { environments } from "./lib/environments";
import { IdentityStack } from "./lib/identity-stack";
import { checkLocks } from "./lib/locks";
import { reportMistake } from "./lib/settings";
import { StateStack } from "./lib/state-stack";

/** Two stacks an environment: what a deployment needs first, and the pools. */
export function buildStacks(app: App): TerraformStack[] {
  return environments().flatMap((environment) => [
    new StateStack(app, `state-${environment.name}`, environment),
    new IdentityStack(app, `identity-${environment.name}`, environment),
  ]);
}

if (require.main === module) {
  reportMistake(() => {
    const app = new App();
    for (const stack of buildStacks(app)) checkLocks(stack);
    app.synth();
  });
}
