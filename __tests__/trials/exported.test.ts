import { rmSync } from "node:fs";
import { join } from "node:path";
import { publishedEnvironment } from "../../local/outputs";
import { exportStack } from "../../tools/export/export-stack";
import { ROOT } from "../checkout";
import { run, succeed } from "../e2e/cdktf";
import { OwnCloud } from "./own-cloud";
import { ProtectedStacks } from "./protected-stacks";

jest.setTimeout(20 * 60_000);

const cloud = new OwnCloud("exported");
const folder = join(ROOT, ".local", "trials", "exported");

afterAll(() => cloud.stop());

it("the HCL of deployed stacks plans no changes, from the state that the JSON made", async () => {
  const stacks = new ProtectedStacks("exported", await cloud.start({ fresh: true }));
  await stacks.deploy();
  const env = publishedEnvironment(join(folder, "env"));
  process.env.TF_CLI_CONFIG_FILE = env?.TF_CLI_CONFIG_FILE;
  process.env.CDKTF_DISABLE_PLUGIN_CACHE_ENV = "1";
  const hcl = join(folder, "hcl");
  rmSync(hcl, { recursive: true, force: true });
  for (const stack of ["state-trials", "identity-trials"] as const) {
    const planned = await stacks.planned(stack);
    const target = join(hcl, stack);
    await exportStack(join(folder, "protected", "stacks", stack), target);
    const terraform = (...args: string[]) =>
      succeed(run("terraform", [...args, "-input=false", "-no-color"], target, env));
    await terraform("init");
    const plan = await terraform("plan");
    // The local cloud gives some properties back in another way, so the JSON has some changes, too.
    if (planned.length === 0) expect(plan).toContain("No changes.");
    else expect(plan).toContain(`Plan: 0 to add, ${planned.length} to change, 0 to destroy.`);
  }
});
