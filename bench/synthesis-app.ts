import { App, TerraformStack } from "cdktf";
import { ALL_TRIGGERS, sesMailOf } from "../__tests__/all-triggers";
import { BlockList } from "../lib/block-list";
import { environments } from "../lib/environments";
import { FunctionCode } from "../lib/function-code";
import { outputPools } from "../lib/pool-outputs";
import { awsProvider } from "../lib/terraform";
import { skipTokenTraces } from "../lib/token-traces";
import { UserPool } from "../lib/user-pool";

// Synthesizes pools with every trigger, as many as the first argument says, into the folder that the second one names.
const [, , count, outdir] = process.argv;
skipTokenTraces();
const [local] = environments({ ...process.env, ENVIRONMENT: "local" });
if (!local) throw new Error("There is no environment local.");
const environment = { ...local, name: "bench", stage: "test" as const, mail: sesMailOf(local.account) };
const app = new App({ outdir, stackTraces: false });
const stack = new TerraformStack(app, "identity-bench");
awsProvider(stack, environment);
const code = new FunctionCode(stack, "code", { bucket: "code", packaging: "synth" });
const blockList = new BlockList(stack, "block-list", environment);
for (let n = 0; n < Number(count); n++) {
  new UserPool(stack, `pool-${n}`, { ...ALL_TRIGGERS, environment, code, blockList });
}
outputPools(stack);
app.synth();
console.log(process.resourceUsage().maxRSS / 1024);
