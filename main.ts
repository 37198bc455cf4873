import { App } from "cdktf";
import { reportMistake } from "./lib/checked-settings";
import { checkAllLocks } from "./lib/locks";
import { buildStacks } from "./lib/stacks";

if (require.main === module) {
  reportMistake(() => {
    const app = new App();
    checkAllLocks(buildStacks(app));
    app.synth();
  });
}
