import { App } from "cdktf";
import { reportMistake } from "./lib/checked-settings";
import { checkAllLocks } from "./lib/locks";
import { checkRuntime } from "./lib/runtime-end";
import { buildStacks } from "./lib/stacks";

if (require.main === module) {
  reportMistake(() => {
    // No stack traces: they would name the folders of this machine in the manifest.
    const app = new App({ stackTraces: false });
    const stacks = buildStacks(app);
    checkAllLocks(stacks);
    checkRuntime(stacks);
    app.synth();
  });
}
