import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { checkEnvironment } from "../../lib/environments";
import { FunctionCode } from "../../lib/function-code";
import { IdentityStack } from "../../lib/identity-stack";
import { UserPool } from "../../lib/user-pool";
import { localPath } from "../../local/local-folder";
import { scanStacks } from "../../tools/checkov";
import { ALL_TRIGGERS, SES_MAIL } from "../all-triggers";
import { TEST_SETTINGS } from "../lib/synthesized";

jest.setTimeout(15 * 60_000);

it("finds nothing without a reason in a pool with all triggers", async () => {
  const outdir = mkdtempSync(join(localPath("trials", "scan"), "..", "scan-"));
  try {
    const app = new App({ outdir });
    const environment = checkEnvironment({ ...TEST_SETTINGS, mail: SES_MAIL });
    const stack = new IdentityStack(app, "identity-trials", environment);
    const code = new FunctionCode(stack, "more-code", { bucket: "code", packaging: "archive" });
    new UserPool(stack, "staff", { environment, code, ...ALL_TRIGGERS });
    app.synth();
    const { problems, passed } = await scanStacks(outdir, new AbortController().signal);
    expect(problems).toEqual([]);
    expect(passed).toBeGreaterThan(100);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
});
