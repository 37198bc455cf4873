import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { IdentityStack } from "../../lib/identity-stack";
import { checkLocks, locksOf, writeLocks } from "../../lib/locks";
import { type AllLocks, readLocks } from "../../lib/locks-file";
import { unlock } from "../../lib/unlock";
import { testEnvironment } from "./synthesized";

const folder = mkdtempSync(join(tmpdir(), "unlock-"));
const file = join(folder, "locks.json");
afterAll(() => rmSync(folder, { recursive: true }));

const environment = testEnvironment({ account: "333333333333" });
const stack = new IdentityStack(new App(), "identity-test", environment);
const POOL = "aws_cognito_user_pool.verified_pool_668CA16E";

/** The locks of the stack as it is, with those of things that are gone. */
const locked = (gone: object, others: AllLocks = {}) =>
  writeFileSync(file, JSON.stringify({ "identity-test": { ...locksOf(stack), ...gone }, ...others }));

const OLD_POOL = {
  "aws_cognito_user_pool.ver_pool_11111111.name": "identity-test-ver",
  "aws_dynamodb_table.ver_sign-ins_table_22222222": "address",
  "aws_cognito_user_pool.ver_pool_11111111": "address",
  "aws_cognito_user_pool.ver_pool_11111111.schema.email": { name: "email" },
  "aws_cognito_user_pool_client.ver_client_33333333": "address",
};
const TABLE = {
  "aws_dynamodb_table.verified_sign-ins_table_44444444.name": "identity-test-verified-sign-ins",
  "aws_dynamodb_table.verified_sign-ins_table_44444444": "address",
};
const ATTRIBUTE = { [`${POOL}.schema.plan`]: { name: "plan" } };

it.each<[string, string, object]>([
  ["a pool", "test/ver", OLD_POOL],
  ["a table whose pool stays", "test/aws_dynamodb_table.verified_sign-ins_table_44444444", TABLE],
  ["an attribute", `test/${POOL}.schema.plan`, ATTRIBUTE],
  ["an attribute that has changed", `test/${POOL}.schema.email`, { [`${POOL}.schema.email`]: { name: "email" } }],
  ["the environment's place", "test", { "place.account": "444444444444" }],
  ["all that goes of a stack", "identity-test", { ...OLD_POOL, ...ATTRIBUTE }],
])("removes the locks of %s, and no other", (_, target, gone) => {
  locked(gone);
  const removed = unlock([target], [stack], file);
  expect(new Set(removed.map(({ lock }) => lock))).toEqual(new Set(Object.keys(gone)));
  writeLocks([stack], file, [environment]);
  expect(readLocks(file)).toEqual({ "identity-test": locksOf(stack) });
  checkLocks(stack, readLocks(file));
});

it("removes an environment that is gone, with its stacks", () => {
  const gone = { "place.account": "333333333333", "aws_s3_bucket.state_bucket_803B4E61": "address" };
  locked({}, { "state-old": gone, "identity-old": gone, "identity-other": gone });
  expect(unlock(["old"], [stack], file)).toHaveLength(4);
  expect(Object.keys(readLocks(file))).toEqual(["identity-test", "identity-other"]);
});

it("removes several at once", () => {
  locked({ ...OLD_POOL, ...ATTRIBUTE, ...TABLE });
  unlock(["test/ver", `test/${POOL}.schema.plan`], [stack], file);
  expect(readLocks(file)).toEqual({ "identity-test": { ...locksOf(stack), ...TABLE } });
});

it.each([
  [["tset"], '--remove tset: "tset" has no locks; the environments in lib/locks.json are test.'],
  [[""], '--remove : "" has no locks; the environments in lib/locks.json are test.'],
  [
    ["test/people"],
    '--remove test/people: test has no lock of "people"; its pools are verified, anonymous, ver, and everything else is named as in lib/locks.json.',
  ],
  [
    ["test/ver", "test/verified"],
    "--remove test/verified: it is still there, just as it is locked; take it out of its stack, or change it, first, and run this again.",
  ],
])("refuses %j, and removes nothing", (targets, sentence) => {
  locked(OLD_POOL);
  const before = readFileSync(file, "utf8");
  expect(() => unlock(targets, [stack], file)).toThrow(new Error(sentence));
  expect(readFileSync(file, "utf8")).toBe(before);
});

it("refuses an environment that is still there", () => {
  locked({});
  expect(() => unlock(["test"], [stack], file)).toThrow(
    new Error(
      "--remove test: it is still there, just as it is locked; take it out of lib/environments.ts first, and run this again.",
    ),
  );
});
