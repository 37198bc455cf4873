import { App } from "cdktf";
import { IdentityStack } from "../../lib/identity-stack";
import { checkLocks, type Locks, locksOf, readLocks } from "../../lib/locks";
import { buildStacks } from "../../lib/stacks";
import { testEnvironment } from "./synthesized";

const stack = () => new IdentityStack(new App(), "identity-test", testEnvironment());
const POOL = "aws_cognito_user_pool.verified_pool_668CA16E";

const locked = (change: (locks: Locks) => void) => {
  const locks = locksOf(stack());
  change(locks);
  return () => checkLocks(stack(), { "identity-test": locks });
};

it("are committed for every stack, and hold", () => {
  const stacks = buildStacks(new App());
  expect(Object.keys(readLocks())).toEqual(stacks.map(({ node }) => node.id));
  for (const each of stacks) checkLocks(each);
});

it("hold the addresses of the pools, because a change would delete all users", () => {
  expect(
    Object.entries(locksOf(stack()))
      .filter(([, value]) => value === "address")
      .map(([lock]) => lock),
  ).toEqual([
    "aws_dynamodb_table.block-list_table_6A6CC002",
    POOL,
    "aws_cognito_user_pool_client.verified_client_3591FD28",
    "aws_cognito_user_pool.anonymous_pool_68EDC85E",
    "aws_cognito_user_pool_client.anonymous_client_4B4BAF8D",
  ]);
});

it("stop a renamed pool, since Terraform would destroy it", () => {
  expect(locked((locks) => Object.assign(locks, { "aws_cognito_user_pool.old_pool_1": "address" }))).toThrow(
    "identity-test no longer has aws_cognito_user_pool.old_pool_1, so Terraform would destroy it with everything in it: give its construct the old id back or, if it may go, delete its locks from lib/locks.json.",
  );
});

it.each([
  ["schema.email", { name: "email" }],
  ["usernameAttributes", "none"],
  ["aliasAttributes", ["email"]],
  ["caseSensitive", true],
])("stop a change of %s, which Cognito fixes for ever", (name, value) => {
  expect(locked((locks) => Object.assign(locks, { [`${POOL}.${name}`]: value }))).toThrow(
    `identity-test changes ${POOL}.${name}, which Cognito fixes for ever when it makes a pool: put it back, or make another pool under a construct id of its own.`,
  );
});

it("ask for the lock of what is new", () => {
  expect(locked((locks) => delete locks[POOL])).toThrow(
    `identity-test has ${POOL}, which is not locked yet: run npm run locks, and commit lib/locks.json.`,
  );
});

it("stop at a pre token generation that goes, since the provider would leave the pool calling it", () => {
  expect(
    locked((locks) =>
      Object.assign(locks, {
        "aws_cognito_user_pool.anonymous_pool_68EDC85E.preTokenGeneration": "attached",
      }),
    ),
  ).toThrow("which Terraform's provider cannot detach");
});
