import { App } from "cdktf";
import { checkLocks } from "./lib/locks";
import { reportMistake } from "./lib/settings";
import { buildStacks } from "./lib/stacks";

if (require.main === module) {
  reportMistake(() => {
    const app = new App();
    for (const stack of buildStacks(app)) checkLocks(stack);
    app.synth();
  });
}
