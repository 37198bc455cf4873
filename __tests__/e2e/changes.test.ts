import { join } from "node:path";
import { checkout } from "../checkout";
import { cdktf, run, succeed } from "./cdktf";
import { describeCloud } from "./cloud";

/** Each planned change, as "aws_lambda_function verified/pre-authentication/function: updated in-place". */
function planned(output: string): string[] {
  const changes = output.matchAll(/# (\w+)\.\S+ \((\S+)\) (?:will be|must be) (.+?)\s*$/gm);
  return [...new Set([...changes].map(([, type, path, what]) => `${type} ${path}: ${what}`))].sort();
}

describeCloud("what a deployment changes", () => {
  it("is nothing right after a deployment", async () => {
    const { code, output } = await cdktf({}, ["diff", "state-local"]);
    expect(output).toContain("No changes. Your infrastructure matches the configuration.");
    expect(code).toBe(0);
  });

  it("is code and its function after one line of a handler, one function after one setting, and no more", async () => {
    const { output } = await cdktf(
      {
        "functions/pre-token-generation/index.ts": (source) =>
          source.replace("requireAccess(event, access", "requireAccess(event, { ...access }"),
        "lib/identity-stack.ts": (source) =>
          source.replace("anonymous: true", "anonymous: true, minimumUserNameLength: 5"),
      },
      ["diff", "identity-local"],
    );
    expect(planned(output)).toEqual([
      "aws_lambda_function anonymous/pre-sign-up/function: updated in-place",
      "aws_lambda_function verified/pre-token-generation/function: updated in-place",
      "aws_s3_object code/with-providers-pre-token-generation/object: updated in-place",
    ]);
  });

  it("is never the end of a live environment", async () => {
    // Production's own stack, but for where it is deployed.
    const { folder, remove } = checkout({
      "lib/identity-stack.ts": (source) =>
        source.replace(
          "super(scope, id);",
          'super(scope, id);\n    environment = { ...environment, stage: "live", identityProviders: undefined, linking: undefined };',
        ),
    });
    try {
      await succeed(run(process.execPath, ["--import", "tsx", "main.ts"], folder));
      const stack = join(folder, "cdktf.out/stacks/identity-local");
      await run("terraform", ["init", "-input=false"], stack);
      const { code, output } = await run("terraform", ["plan", "-destroy", "-lock=false", "-no-color"], stack);
      expect(code).toBe(1);
      expect(output).toMatch(/Instance cannot be destroyed/);
      expect(output).toMatch(/aws_cognito_user_pool\.verified_pool/);
    } finally {
      remove();
    }
  });
});
