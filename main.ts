import { App } from "cdktf";
import { reportMistake } from "./lib/checked-settings";
import { checkLocks } from "./lib/locks";
import { buildStacks } from "./lib/stacks";

if (require.main === module) {
  reportMistake(() => {
    const app = new App();
    for (const stack of buildStacks(app)) checkLocks(stack);
    app.synth();
  });
}
