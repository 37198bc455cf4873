import { cdktf } from "./cdktf";
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
});
