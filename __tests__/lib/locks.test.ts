import { App } from "cdktf";
import { IdentityStack } from "../../lib/identity-stack";
import { checkLocks, locksOf } from "../../lib/locks";
import { type Locks, readLocks } from "../../lib/locks-file";
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

it("stop a pool that goes, since Terraform would destroy it", () => {
  expect(locked((locks) => Object.assign(locks, { "aws_cognito_user_pool.old_pool_11111111": "address" }))).toThrow(
    new Error(
      "identity-test no longer has aws_cognito_user_pool.old_pool_11111111, so Terraform would destroy it with everything in it: give its construct the old id back or, if it may go, run npm run locks -- --remove test/old.",
    ),
  );
});

it("tell a new id from a pool that goes", () => {
  const renamed = (locks: Locks) => {
    for (const lock of Object.keys(locks)) {
      if (!lock.includes("verified_")) continue;
      locks[lock.replace("verified_", "people_")] = locks[lock];
      delete locks[lock];
    }
  };
  expect(locked(renamed)).toThrow(
    new Error(
      `identity-test no longer has aws_cognito_user_pool.people_pool_668CA16E, but has the new ${POOL}: even if that is only a new id, Terraform would destroy the old one with everything in it and make the new one empty, so give its construct the old id back, or the new pool renamedFrom: "people" and awsName: "people" or, if the old one may go, run npm run locks -- --remove test/people.`,
    ),
  );
});

it("name the resource, if its pool stays", () => {
  const table = "aws_dynamodb_table.verified_sign-ins_table_22222222";
  expect(locked((locks) => Object.assign(locks, { [table]: "address" }))).toThrow(
    new Error(
      `identity-test no longer has ${table}, so Terraform would destroy it with everything in it: give its construct the old id back or, if it may go, run npm run locks -- --remove test/${table}.`,
    ),
  );
});

it.each([
  ["changes", "schema.email", { name: "email" }],
  ["removes", "schema.plan", { name: "plan" }],
  ["changes", "usernameAttributes", "none"],
  ["changes", "aliasAttributes", ["email"]],
  ["changes", "caseSensitive", true],
])("stop what %s %s, which Cognito fixes for ever", (verb, name, value) => {
  expect(locked((locks) => Object.assign(locks, { [`${POOL}.${name}`]: value }))).toThrow(
    new Error(
      `identity-test ${verb} ${POOL}.${name}, which Cognito fixes for ever when it makes a pool: put it back, make another pool under a construct id of its own or, only if it never was deployed, run npm run locks -- --remove test/${POOL}.${name}, and then npm run locks.`,
    ),
  );
});

it("ask for the lock of what is new", () => {
  expect(locked((locks) => delete locks[POOL])).toThrow(
    `identity-test has ${POOL}, which is not locked yet: run npm run locks, and commit lib/locks.json.`,
  );
});

it("stop at text messages that go, since the provider would leave the pool with a role that is deleted", () => {
  const lock = "aws_cognito_user_pool.anonymous_pool_68EDC85E.smsConfiguration";
  expect(locked((locks) => Object.assign(locks, { [lock]: "there" }))).toThrow(
    new Error(
      `identity-test removes ${lock}, which Terraform's provider cannot take from a pool: the pool would keep a role that is deleted, and refuse every later change, so keep "phone_number" in verifies or, if it never was deployed or you have taken it from the pool by hand in AWS, run npm run locks -- --remove test/${lock}, and then npm run locks.`,
    ),
  );
});

it("stop at a pre token generation that goes, since the provider would leave the pool calling it", () => {
  const lock = "aws_cognito_user_pool.anonymous_pool_68EDC85E.preTokenGeneration";
  expect(locked((locks) => Object.assign(locks, { [lock]: "attached" }))).toThrow(
    new Error(
      `identity-test removes ${lock}, which Terraform's provider cannot detach: keep it (access: {} brings the trigger, eventVersion its configuration) or, if it never was deployed or you have detached it by hand in AWS, run npm run locks -- --remove test/${lock}, and then npm run locks.`,
    ),
  );
});
