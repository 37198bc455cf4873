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
    stderr:
      "identity-local no longer has aws_cognito_user_pool.verified_pool_668CA16E, so Terraform would destroy it with everything in it: give its construct the old id back or, if it may go, delete its locks from lib/locks.json.\n",
  });
});
