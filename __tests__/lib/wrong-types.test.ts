import { App } from "cdktf";
import { Construct } from "constructs";
import { checkEnvironment } from "../../lib/environments";
import { IdentityStack } from "../../lib/identity-stack";
import { UserPool } from "../../lib/user-pool";
import { staffPool, TEST_SETTINGS, testEnvironment } from "./synthesized";

// People whose editor shows no errors, and who change settings with scripts, give anything.

class Topic extends Construct {}
const topic = new Topic(new App(), "topic");

/** Settings that the compiler would not take. */
// biome-ignore lint/suspicious/noExplicitAny: that is what is tried
type Wrong = any;

it.each<[string, Wrong, string]>([
  ["nothing", undefined, "environments.2 is missing: it must be an object of settings."],
  ["null", null, "environments.2 is null, but it must be an object of settings."],
  ["a name alone", "prod", 'environments.2 is "prod", but it must be an object of settings.'],
  ["no name", { ...TEST_SETTINGS, name: undefined }, "environments.2.name is missing: it must be text."],
  [
    "a construct",
    { ...TEST_SETTINGS, alarmTopic: topic },
    'environments.test.alarmTopic is "a Topic", but it must be text.',
  ],
  [
    "a function",
    { ...TEST_SETTINGS, region: () => 1 },
    'environments.test.region is "a function", but it must be text.',
  ],
  ["a large number", { ...TEST_SETTINGS, account: 1n }, 'environments.test.account is "1", but it must be text.'],
  [
    "a sender that does not exist",
    { ...TEST_SETTINGS, mail: { sender: "SES" } },
    'environments.test.mail is {"sender":"SES"}, but it must be { sender: "cognito" } or { sender: "ses", identityArn, from }.',
  ],
])("an environment that is or has %s is one sentence", (_, settings, sentence) => {
  expect(() => checkEnvironment(settings, 2)).toThrow(new Error(sentence));
});

it.each<[string, Wrong, string]>([
  ["triggers", null, "staff.triggers is null, but it must be an object of settings."],
  ["triggers", "preSignUp", 'staff.triggers is "preSignUp", but it must be an object of settings.'],
  ["access", null, "staff.access is null, but it must be an object of settings."],
  ["blockList", "table", 'staff.blockList is "table", but it must be the stack\'s BlockList.'],
  ["blockList", topic, 'staff.blockList is "a Topic", but it must be the stack\'s BlockList.'],
  ["code", null, "staff.code is null, but it must be the stack's FunctionCode."],
  [
    "environment",
    "prod",
    'staff.environment is "prod", but it must be the stack\'s environment, of lib/environments.ts.',
  ],
  [
    "environment",
    { stage: "test" },
    'staff.environment is {"stage":"test"}, but it must be the stack\'s environment, of lib/environments.ts.',
  ],
  ["environment", {}, "staff.environment is {}, but it must be the stack's environment, of lib/environments.ts."],
  ["tokens", { accessHours: Number.NaN }, "staff.tokens.accessHours is NaN, but it must be a number."],
  [
    "identityProviders",
    { oidc: [] },
    "staff.identityProviders.oidc is [], but it must be an object with names of your own.",
  ],
])("a pool whose %s is %p is one sentence", (name, value, sentence) => {
  expect(() => staffPool({ [name]: value })).toThrow(new Error(sentence));
});

it.each<[Wrong, Wrong, string]>([
  ["staff", undefined, "The settings of staff are missing: they must be an object with environment and code."],
  ["staff", null, "The settings of staff are null: they must be an object with environment and code."],
  ["staff", "dev", 'The settings of staff are "dev": they must be an object with environment and code.'],
  [7, {}, "The pool's id is 7, but it must be ASCII letters"],
  [undefined, {}, "The pool's id is undefined, but it must be ASCII letters"],
])("a pool %p made with %p is one sentence", (id, props, sentence) => {
  const stack = new IdentityStack(new App(), "identity-test", testEnvironment());
  expect(() => new UserPool(stack, id, props)).toThrow(sentence);
});

it("a second pool with one id is one sentence", () => {
  const environment = testEnvironment();
  const stack = new IdentityStack(new App(), "identity-test", environment);
  expect(() => new UserPool(stack, "verified", {} as Wrong)).toThrow(
    new Error('identity-test already has a construct "verified": give the pool an id of its own.'),
  );
});

describe("what Terraform would take for an expression is refused", () => {
  const EXPRESSION = "$" + "{group}";
  const rule = "must be without $" + "{ and %{, which begin an expression of Terraform.";

  it.each<[Wrong, string]>([
    [
      { triggers: { postConfirmation: { group: EXPRESSION } } },
      `staff.triggers.postConfirmation.group is "${EXPRESSION}"`,
    ],
    [
      { triggers: { preTokenGeneration: { idToken: { claims: { motd: { value: ["50%{", "a"] } } } } } },
      'staff.triggers.preTokenGeneration.idToken.claims.motd.value.0 is "50%{"',
    ],
    [
      { triggers: { preTokenGeneration: { idToken: { claims: { [EXPRESSION]: { value: "a" } } } } } },
      `A name in staff.triggers.preTokenGeneration.idToken.claims is "${EXPRESSION}"`,
    ],
  ])("in a pool: %j", (props, what) => {
    expect(() => staffPool(props)).toThrow(new Error(`${what}, but it ${rule}`));
  });

  it("in an environment", () => {
    expect(() => testEnvironment({ logoutUrls: [`https://example.org/${EXPRESSION}`] })).toThrow(
      new Error(`environments.test.logoutUrls.0 is "https://example.org/${EXPRESSION}", but it ${rule}`),
    );
  });
});
