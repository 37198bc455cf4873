import { spawnSync } from "node:child_process";
import { checkout } from "../checkout";

/** Runs the app as cdktf.json does, in a checkout with changes. */
function synthesize(changes: Parameters<typeof checkout>[0]) {
  const { folder, remove } = checkout(changes);
  try {
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], { cwd: folder });
    return { status, stderr: stderr.toString() };
  } finally {
    remove();
  }
}

it("synthesizes every environment, quietly", () => {
  expect(synthesize({})).toEqual({ status: 0, stderr: "" });
});

it("stops at a renamed pool, with one sentence", () => {
  const renamed = (source: string) => source.replace('UserPool(this, "verified"', 'UserPool(this, "email"');
  expect(synthesize({ "lib/identity-stack.ts": renamed })).toEqual({
    status: 1,
    stderr: expect.stringMatching(
      /^identity-local no longer has aws_cognito_user_pool\.verified_pool_668CA16E, but has the new aws_cognito_user_pool\.email_pool_[0-9A-F]{8}: .* run npm run locks -- --remove local\/verified\.\n$/,
    ),
  });
});
