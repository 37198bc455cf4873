import { App, type TerraformStack } from "cdktf";
import { checkEnvironment, type EnvironmentSettings } from "../../lib/environments";
import { IdentityStack } from "../../lib/identity-stack";
import { checkAllLocks, checkLocks, locksOf } from "../../lib/locks";
import type { AllLocks } from "../../lib/locks-file";
import { StateStack } from "../../lib/state-stack";
import { LOCAL, TEST_SETTINGS } from "./synthesized";

type Changes = Partial<EnvironmentSettings>;

const OWN = { account: "333333333333" };
const DOMAIN = "aws_cognito_user_pool_domain.verified_domain_25FE9253";

const environment = (changes: Changes = {}) => checkEnvironment({ ...TEST_SETTINGS, ...OWN, ...changes });

/** The stacks of environments, as lib/stacks.ts makes them. */
function stacksOf(...environments: Changes[]): TerraformStack[] {
  const app = new App();
  return environments
    .map(environment)
    .flatMap((each) => [
      new StateStack(app, `state-${each.name}`, each),
      new IdentityStack(app, `identity-${each.name}`, each),
    ]);
}

/** Their locks, as `npm run locks` writes them. */
const lockedAs = (...environments: Changes[]): AllLocks =>
  Object.fromEntries(stacksOf(...environments).map((stack) => [stack.node.id, locksOf(stack)]));

describe("an environment with an account of its own", () => {
  it("locks where it is, and the names that hold people", () => {
    const [, stack] = stacksOf({ domainPrefix: "people" });
    const locks = Object.entries(locksOf(stack as TerraformStack));
    expect(locks.filter(([lock]) => /^place\.|\.(name|domain)$/.test(lock))).toEqual([
      ["place.account", "333333333333"],
      ["place.region", "eu-west-1"],
      ["place.app", "identity"],
      ["aws_dynamodb_table.block-list_table_6A6CC002.name", "identity-test-block-list"],
      ["aws_cognito_user_pool.verified_pool_668CA16E.name", "identity-test-verified"],
      [expect.stringMatching(/^aws_cognito_user_pool_domain\.verified_domain_[0-9A-F]{8}\.domain$/), "people-verified"],
      ["aws_cognito_user_pool.anonymous_pool_68EDC85E.name", "identity-test-anonymous"],
      [
        expect.stringMatching(/^aws_cognito_user_pool_domain\.anonymous_domain_[0-9A-F]{8}\.domain$/),
        "people-anonymous",
      ],
    ]);
  });

  it("is asked for its place when it leaves the example's account", () => {
    const locks = lockedAs({ account: "111111111111" });
    expect(() => checkAllLocks(stacksOf({}), locks, [environment()])).toThrow(
      new Error(
        'state-test is in account 333333333333, Region eu-west-1, with APP "identity", which is not locked yet: run npm run locks, and commit lib/locks.json.',
      ),
    );
  });
});

it.each<[string, Changes]>([
  ["an example", { account: "111111111111" }],
  ["another example", { account: "222222222222" }],
  ["the local environment", LOCAL],
])("%s locks no place", (_, changes) => {
  for (const locks of Object.values(lockedAs(changes))) {
    expect(Object.keys(locks).filter((lock) => /^place\.|\.(name|domain)$/.test(lock))).toEqual([]);
  }
});

it.each<[string, Changes[]]>([
  ["changes its Region and domain", [{ account: "111111111111", region: "eu-central-1", domainPrefix: "people" }]],
  ["moves to the other example account", [{ account: "222222222222" }]],
  ["is gone", [{ name: "other", account: "222222222222" }]],
])("an example that %s is free", (_, changes) => {
  const locks = { ...lockedAs({ account: "111111111111" }), ...lockedAs({ name: "other", account: "222222222222" }) };
  checkAllLocks(stacksOf(...changes), locks, changes.map(environment));
});

const wayOut =
  'back or, if "test" never was deployed or is deleted in AWS, run npm run locks -- --remove test, and then npm run locks.';

it.each<[string, Changes, string]>([
  [
    "account",
    { account: "444444444444" },
    `environments.test.account changes from 333333333333 to 444444444444, where a deployment would make empty pools, while all people stay in 333333333333: put it ${wayOut}`,
  ],
  [
    "account for the example's",
    { account: "111111111111" },
    `environments.test.account changes from 333333333333 to 111111111111, where a deployment would make empty pools, while all people stay in 333333333333: put it ${wayOut}`,
  ],
  [
    "Region",
    { region: "eu-central-1" },
    `environments.test.region changes from eu-west-1 to eu-central-1, where a deployment would make empty pools, while all people stay in eu-west-1: put it ${wayOut}`,
  ],
  [
    "domain prefix",
    { domainPrefix: "persons" },
    `identity-test changes ${DOMAIN}.domain from "people-verified" to "persons-verified": Terraform would have to delete the old domain, which it refuses, so put domainPrefix back or, if the old one never was deployed or is gone, run npm run locks -- --remove test/${DOMAIN}.domain, and then npm run locks.`,
  ],
  [
    "domain prefix for none",
    { domainPrefix: undefined },
    `identity-test removes ${DOMAIN}.domain, which is "people-verified": Terraform would delete the domain, its sign-in pages would be gone, and anybody could take its name, so put domainPrefix back or, if it may go, run npm run locks -- --remove test/${DOMAIN}.domain, and then npm run locks.`,
  ],
])("stops an environment that changes its %s", (_, changes, sentence) => {
  const before = { domainPrefix: "people" };
  const after = { ...before, ...changes };
  expect(() => checkAllLocks(stacksOf(after), lockedAs(before), [environment(after)])).toThrow(new Error(sentence));
});

it.each([
  [
    "APP",
    "place.app",
    `APP changes from "old" to "identity", and the names of the state bucket and the pools of "test" begin with it: a deployment would not find Terraform's state and would make empty pools beside the full ones, so put APP ${wayOut}`,
  ],
  [
    "the name of a table",
    "aws_dynamodb_table.block-list_table_6A6CC002.name",
    'identity-test changes aws_dynamodb_table.block-list_table_6A6CC002.name from "old" to "identity-test-block-list": Terraform would replace the resource, with everything in it, so put the name back or, if it never was deployed, run npm run locks -- --remove test/aws_dynamodb_table.block-list_table_6A6CC002.name, and then npm run locks.',
  ],
  [
    "the name of a pool, with the setting that brings it back",
    "aws_cognito_user_pool.verified_pool_668CA16E.name",
    'identity-test changes aws_cognito_user_pool.verified_pool_668CA16E.name from "identity-test-old" to "identity-test-verified": Terraform would replace the resource, with everything in it, so put the name back with awsName: "old" or, if it never was deployed, run npm run locks -- --remove test/aws_cognito_user_pool.verified_pool_668CA16E.name, and then npm run locks.',
    "identity-test-old",
  ],
])("stops a change of %s", (_, lock, sentence, old = "old") => {
  const [, stack] = stacksOf({});
  const all = { "identity-test": { ...lockedAs({})["identity-test"], [lock]: old } };
  expect(() => checkLocks(stack as TerraformStack, all)).toThrow(new Error(sentence));
});

it.each<[string, Changes[], string]>([
  [
    "is removed",
    [{ name: "prod" }],
    'Environment "test" is gone from lib/environments.ts, so no deployment would reach its pools in account 333333333333, eu-west-1 any more: put it back or, if it never was deployed or is deleted in AWS, run npm run locks -- --remove test.',
  ],
  [
    "is renamed",
    [{ name: "staging" }, { name: "prod" }],
    'Environment "test" is gone from lib/environments.ts, and "staging" is new in its account: if that is a new name, a deployment would make empty pools beside the full ones of "test", so give it the name "test" back; if "test" never was deployed or is deleted in AWS, run npm run locks -- --remove test.',
  ],
  [
    "is removed while another is new in another account",
    [{ name: "prod" }, { name: "staging", account: "444444444444" }],
    'Environment "test" is gone from lib/environments.ts, so no deployment would reach its pools in account 333333333333, eu-west-1 any more: put it back or, if it never was deployed or is deleted in AWS, run npm run locks -- --remove test.',
  ],
])("stops when an environment %s", (_, changes, sentence) => {
  const locks = lockedAs({}, { name: "prod" });
  expect(() => checkAllLocks(stacksOf(...changes), locks, changes.map(environment))).toThrow(new Error(sentence));
  // The same if ENVIRONMENT names one that stays.
  const [, ...others] = stacksOf({ name: "prod" });
  expect(() => checkAllLocks(others, locks, changes.map(environment))).toThrow(new Error(sentence));
});

it("takes one environment alone, as ENVIRONMENT names it", () => {
  checkAllLocks(stacksOf({}), lockedAs({}, { name: "prod" }), [environment(), environment({ name: "prod" })]);
});

it.each([
  [
    "is gone",
    (stacks: TerraformStack[]) => stacks.slice(0, 1),
    'Stack "identity-test" is no longer made, so no deployment would reach what it has in account 333333333333, eu-west-1 any more: give it the name "identity-test" back or, if it never was deployed or is deleted in AWS, run npm run locks -- --remove identity-test.',
  ],
  [
    "has another name",
    ([state]: TerraformStack[]) => [
      state as TerraformStack,
      new IdentityStack(new App(), "people-test", environment()),
    ],
    'Stack "identity-test" is no longer made, and "people-test" is new, so no deployment would reach what it has in account 333333333333, eu-west-1 any more, and Terraform would make it again, empty, under the new name: give it the name "identity-test" back or, if it never was deployed or is deleted in AWS, run npm run locks -- --remove identity-test.',
  ],
  [
    "belongs to no environment",
    (stacks: TerraformStack[]) => [...stacks, new IdentityStack(new App(), "identity-test-2", environment())],
    'The stack "identity-test-2" belongs to no environment: its name must be one word, a hyphen, and an environment of lib/environments.ts.',
  ],
])("stops when a stack %s", (_, change, sentence) => {
  expect(() => checkAllLocks(change(stacksOf({})), lockedAs({}), [environment()])).toThrow(new Error(sentence));
});
