import { spawnSync } from "node:child_process";
import { checkout } from "../checkout";

it("the app, as cdktf.json runs it, stops at a renamed pool with one sentence", () => {
  const renamed = (source: string) => source.replace('UserPool(this, "verified"', 'UserPool(this, "email"');
  const { folder, remove } = checkout({ "lib/identity-stack.ts": renamed });
  try {
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], { cwd: folder });
    expect(status).toBe(1);
    expect(stderr.toString()).toMatch(
      /^identity-local no longer has aws_cognito_user_pool\.verified_pool_668CA16E, but has the new aws_cognito_user_pool\.email_pool_[0-9A-F]{8}: .* run npm run locks -- --remove local\/verified\.\n$/,
    );
  } finally {
    remove();
  }
});
