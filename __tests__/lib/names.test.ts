import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { BlockList } from "../../lib/block-list";
import type { EnvironmentSettings } from "../../lib/environments";
import { checkNames } from "../../lib/equal-names";
import { FunctionCode } from "../../lib/function-code";
import { IdentityStack } from "../../lib/identity-stack";
import {
  blockListName,
  bucketName,
  deadLettersName,
  domainName,
  functionName,
  longestName,
  NAME_RULES,
  type NameRule,
  poolName,
  poolTableName,
  stackName,
  textMessagesRoleName,
} from "../../lib/names";
import { StateStack } from "../../lib/state-stack";
import { UserPool } from "../../lib/user-pool";
import { ALL_TRIGGERS, SES_MAIL } from "../all-triggers";
import { ROOT } from "../checkout";
import { type Json, STAMP, staffPool, testEnvironment } from "./synthesized";

const BEGIN = "<!-- GENERATED: __tests__/lib/names.test.ts prints what stands here when it differs -->";
const END = "<!-- END OF GENERATED -->";

const rules: NameRule[] = Object.values(NAME_RULES);

it("are in the docs, each with its limits", () => {
  const table = [
    "| name of | how it is made | what AWS takes | characters at most | unique in |",
    "|---|---|---|---|---|",
    ...rules.map((rule) => {
      const limit = rule.free ? `${longestName(rule)}, of ${rule.longest}` : rule.longest;
      const where = `${rule.uniqueIn}${rule.ignoresCase ? ", whatever the case" : ""}`;
      return `| ${rule.thing} | ${rule.form} | ${rule.characters} | ${limit} | ${where} |`;
    }),
  ].join("\n");
  expect(readFileSync(join(ROOT, "docs/names.md"), "utf8")).toContain([BEGIN, table, END].join("\n\n"));
});

describe("of a stack with everything", () => {
  const environment: Partial<EnvironmentSettings> = {
    name: "sixteen-letters-",
    mail: SES_MAIL,
    domainPrefix: "example-org",
  };
  const stack = staffPool(ALL_TRIGGERS, environment);
  const things = (type: string) => Object.values<Json>(stack.resource[type]);

  it.each([
    ["aws_cognito_user_pool", "name", NAME_RULES.pool],
    ["aws_cognito_user_pool_client", "name", NAME_RULES.client],
    ["aws_cognito_user_pool_domain", "domain", NAME_RULES.domain],
    ["aws_lambda_function", "function_name", NAME_RULES.function],
    ["aws_iam_role", "name", NAME_RULES.role],
    ["aws_iam_role_policy", "name", NAME_RULES.policy],
    ["aws_cloudwatch_log_group", "name", NAME_RULES.logGroup],
    ["aws_cloudwatch_log_metric_filter", "name", NAME_RULES.metricFilter],
    ["aws_sqs_queue", "name", NAME_RULES.queue],
    ["aws_dynamodb_table", "name", NAME_RULES.table],
  ])("%s are as the table says", (type, attribute, { pattern, longest }) => {
    const names = things(type).map((thing) => thing[attribute].replace(STAMP, "-27093105"));
    expect(names).not.toEqual([]);
    for (const name of names) {
      expect(name).toMatch(pattern);
      expect(name.length).toBeLessThanOrEqual(longest);
    }
  });

  it("are those of the types above, of groups and of what takes another resource's name", () => {
    const named = Object.keys(stack.resource).filter((type) =>
      things(type).some((thing) => "name" in thing || "function_name" in thing || "bucket" in thing),
    );
    expect(named.sort()).toEqual([
      "aws_cloudwatch_log_group",
      "aws_cloudwatch_log_metric_filter",
      "aws_cognito_user_group",
      "aws_cognito_user_pool",
      "aws_cognito_user_pool_client",
      "aws_dynamodb_table",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_lambda_function",
      "aws_lambda_function_event_invoke_config",
      "aws_lambda_permission",
      "aws_s3_object",
      "aws_sqs_queue",
    ]);
  });
});

const environment = testEnvironment();
const ofLength = (length: number) => "x".repeat(length);

it.each<[string, () => string, string]>([
  [
    "a pool",
    () => poolName(environment, ofLength(115)),
    `The name of the user pool would be "identity-test-${ofLength(115)}", which has 129 characters, but it may have 128 at most: shorten the pool's id, the environment's name or APP.`,
  ],
  [
    "a function, so that a suffix fits behind it",
    () => functionName(poolName(environment, "twenty-three-characters"), "pre-token-generation"),
    `The name of the function would be "identity-test-twenty-three-characters-pre-token-generation", which has 58 characters, but it may have 55 at most: AWS takes 64, and 9 stay free for a suffix: shorten the pool's id, the environment's name or APP.`,
  ],
  [
    "the role of text messages",
    () => textMessagesRoleName(poolName(environment, ofLength(29))),
    `The name of the role would be "identity-test-${ofLength(29)}-text-messages", which has 57 characters, but it may have 55 at most: AWS takes 64, and 9 stay free for a suffix: shorten the pool's id, the environment's name or APP.`,
  ],
  [
    "a queue",
    () => deadLettersName(ofLength(68)),
    `The name of the queue would be "${ofLength(68)}-dead-letters", which has 81 characters, but it may have 71 at most: AWS takes 80, and 9 stay free for a suffix: shorten the pool's id, the environment's name or APP.`,
  ],
  [
    "a table",
    () => poolTableName(ofLength(250), "sign-ins"),
    `The name of the table would be "${ofLength(250)}-sign-ins", which has 259 characters, but it may have 255 at most: shorten the pool's id, the environment's name or APP.`,
  ],
  [
    "a domain",
    () => domainName("example-org", ofLength(52)),
    `The name of the domain would be "example-org-${ofLength(52)}", which has 64 characters, but it may have 63 at most: shorten the pool's id or the environment's domainPrefix.`,
  ],
  ...["Staff", "staff_one", "my-cognito", "staff-"].map((id): [string, () => string, string] => [
    `the domain of the pool ${id}`,
    () => domainName("example", id),
    `The name of the domain would be "example-${id}", but it must be lower-case letters, digits and hyphens between them, without aws, amazon or cognito: change the pool's id or the environment's domainPrefix.`,
  ]),
  [
    "a bucket",
    () => bucketName({ account: "111111111111", name: ofLength(40) }, "state"),
    `The name of the bucket would be "identity-111111111111-${ofLength(40)}-state", which has 68 characters, but it may have 63 at most: shorten the environment's name or APP.`,
  ],
  [
    "the block list",
    () => blockListName({ name: "a b" }),
    `The name of the table would be "identity-a b-block-list", but it must be 3 letters, digits, hyphens, dots and underscores or more: change the environment's name or APP.`,
  ],
  [
    "a stack",
    () => stackName("identity", { name: "a b" }),
    `The name of the stack would be "identity-a b", but it must be letters, digits, hyphens and underscores: change the environment's name.`,
  ],
])("refuses the name of %s", (_, name, sentence) => {
  expect(name).toThrow(new Error(sentence));
});

it.each(["my staff", "staff/eu", "café", "мы", "", "-staff", "staff.eu"])("refuses the pool id %j", (id) => {
  const stack = new IdentityStack(new App(), "identity-test", environment);
  const code = new FunctionCode(stack, "more-code", { bucket: "code", packaging: "archive" });
  expect(() => new UserPool(stack, id, { environment, code, signIn: "email" })).toThrow(
    new Error(
      `The pool's id is ${JSON.stringify(id)}, but it must be ASCII letters, digits, hyphens and underscores and begin with a letter or digit, since names in AWS are made of it.`,
    ),
  );
});

describe("that are equal", () => {
  type Pools = Parameters<typeof stacksOf>[1];
  /** An identity stack of an environment with these pools too. */
  function stacksOf(app: App, pools: Record<string, Partial<EnvironmentSettings>>, ids: Record<string, string[]> = {}) {
    return Object.entries(pools).map(([name, changes]) => {
      const environment = testEnvironment({ name, ...changes });
      const stack = new IdentityStack(app, `identity-${name}`, environment);
      const code = new FunctionCode(stack, "more-code", { bucket: `code-of-${name}`, packaging: "archive" });
      for (const id of ids[name] ?? []) {
        new UserPool(stack, id, { environment, code, signIn: "email", access: { deniedDomains: ["example.com"] } });
      }
      return stack;
    });
  }
  const check = (environments: Pools, ids?: Record<string, string[]>) => () =>
    checkNames(stacksOf(new App(), environments, ids));

  it("are refused across environments of an account", () => {
    const ids = { a: ["b-c"], "a-b": ["c"] };
    expect(check({ a: {}, "a-b": {} }, ids)).toThrow(
      new Error(
        'identity-a and identity-a-b would both have the user pool "identity-a-b-c", but AWS holds it once: give one of them another id, or one environment another name.',
      ),
    );
    expect(check({ a: {}, "a-b": { account: "222222222222" } }, ids)).not.toThrow();
    expect(check({ a: {}, "a-b": { region: "us-east-1" } }, { a: ["b-c"], "a-b": ["d"] })).not.toThrow();
  });

  it("are refused for roles in two Regions, since IAM has one namespace", () => {
    expect(check({ a: {}, "a-b": { region: "us-east-1" } }, { a: ["b-c"], "a-b": ["c"] })).toThrow(
      'identity-a and identity-a-b would both have the role "identity-a-b-c-pre-sign-up-…"',
    );
  });

  it("are refused for roles that differ only in case", () => {
    expect(check({ a: {} }, { a: ["staff", "Staff"] })).toThrow(
      'identity-a would have the role "identity-a-Staff-pre-sign-up-…" twice',
    );
  });

  it("are refused for domains of two accounts", () => {
    const prefix = { domainPrefix: "example" };
    expect(check({ a: prefix, b: { ...prefix, account: "222222222222" } })).toThrow(
      'identity-a and identity-b would both have the domain "example-verified"',
    );
    expect(check({ a: prefix, b: { ...prefix, region: "us-east-1" } })).not.toThrow();
  });

  it("are refused for a domain of your own in two Regions, since CloudFront has none", () => {
    const certificateArn = "arn:aws:acm:us-east-1:111111111111:certificate/12345678-1234-1234-1234-123456789012";
    const own = { customDomain: { name: "auth.example.org", certificateArn } };
    expect(check({ a: own, b: { ...own, region: "us-east-1" } })).toThrow(
      'identity-a and identity-b would both have the domain "auth.example.org", but AWS holds it once: give one of them another customDomain.',
    );
  });

  it("are refused for a second stack of an environment", () => {
    const app = new App();
    const [first] = stacksOf(app, { a: {} });
    const environment = testEnvironment({ name: "a" });
    const second = new IdentityStack(app, "identity-more", environment);
    expect(() => checkNames(first ? [first, second] : [])).toThrow(
      'identity-a and identity-more would both have the user pool "identity-a-verified"',
    );
    const states = ["state-a", "state-b"].map((id) => new StateStack(app, id, environment));
    expect(() => checkNames(states)).toThrow(
      'state-a and state-b would both have the bucket "identity-111111111111-a-state"',
    );
  });

  it("are refused for code objects of one stack, and differ between stacks", () => {
    const app = new App();
    const stacks = stacksOf(app, { a: {}, b: {} });
    const upload = (index: number, id: string) => {
      const stack = stacks[index];
      if (!stack) throw new Error("There is a stack.");
      new FunctionCode(stack, id, { bucket: "shared", packaging: "archive" }).of("pre-sign-up");
    };
    upload(0, "shared-code");
    upload(1, "shared-code");
    expect(() => checkNames(stacks)).not.toThrow();
    upload(0, "other-code");
    expect(() => checkNames(stacks)).toThrow(
      new Error(
        'identity-a would have the code object "functions/identity-a/pre-sign-up-…" twice, but AWS holds it once: give the FunctionCode of one of them another bucket.',
      ),
    );
  });

  it("are refused for two block lists in a stack", () => {
    const [stack] = stacksOf(new App(), { a: {} });
    if (!stack) throw new Error("There is a stack.");
    new BlockList(stack, "another-list", testEnvironment({ name: "a" }));
    expect(() => checkNames([stack])).toThrow(
      'identity-a would have the table "identity-a-block-list" twice, but AWS holds it once',
    );
  });
});
