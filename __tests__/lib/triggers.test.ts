import { RUNTIME } from "../../lib/runtime";
import type { UserPoolProps } from "../../lib/user-pool";
import { SES_MAIL } from "../all-triggers";
import { statementsOf } from "./policies";
import { address, identityStack, type Json, LOCAL, resource, STAMP, staffPool } from "./synthesized";

const stack = identityStack();
const TABLE = address(stack, "aws_dynamodb_table", "block-list");

/** Each trigger, and what it may do beside writing its log. */
const TRIGGERS: [pool: string, folder: string, grants: { Action: string; Resource: string }[]][] = [
  ["verified", "pre-sign-up", [{ Action: "dynamodb:BatchGetItem", Resource: `\${${TABLE}.arn}` }]],
  ["verified", "pre-authentication", [{ Action: "dynamodb:BatchGetItem", Resource: `\${${TABLE}.arn}` }]],
  ["verified", "pre-token-generation", [{ Action: "dynamodb:BatchGetItem", Resource: `\${${TABLE}.arn}` }]],
  ["anonymous", "pre-sign-up", []],
];

describe.each(TRIGGERS)("the trigger of the %s pool, %s", (pool, folder, grants) => {
  const prefix = `${pool}_${folder}`;
  const name = `identity-test-${pool}-${folder}`;
  const logGroup = address(stack, "aws_cloudwatch_log_group", prefix);

  it("may be called by this pool of this account, and by nobody else", () => {
    expect(resource(stack, "aws_lambda_permission", prefix)).toEqual({
      action: "lambda:InvokeFunction",
      function_name: `\${${address(stack, "aws_lambda_function", prefix)}.function_name}`,
      principal: "cognito-idp.amazonaws.com",
      source_arn: `\${${address(stack, "aws_cognito_user_pool", pool)}.arn}`,
      source_account: "111111111111",
      lifecycle: { create_before_destroy: true },
    });
  });

  it("may write its own log, and do its one task, and nothing else", () => {
    const policies = Object.values<Json>(stack.resource.aws_iam_role_policy).filter(
      ({ role }) => role === `\${${address(stack, "aws_iam_role", prefix)}.name}`,
    );
    const log = {
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `\${${logGroup}.arn}:*`,
    };
    expect(policies.flatMap((policy) => statementsOf(stack, policy.policy))).toEqual(
      [log, ...grants].map((statement) => ({ Effect: "Allow", ...statement })),
    );
    expect(stack.resource.aws_iam_role_policy_attachment).toBeUndefined();
    expect(resource(stack, "aws_iam_role", prefix).managed_policy_arns).toBeUndefined();
  });

  it("has a role that only Lambda takes", () => {
    expect(statementsOf(stack, resource(stack, "aws_iam_role", prefix).assume_role_policy)).toEqual([
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });

  it("keeps its log for a month", () => {
    expect(resource(stack, "aws_cloudwatch_log_group", prefix)).toMatchObject({
      name: `/aws/lambda/${name}${STAMP}`,
      retention_in_days: 30,
    });
  });

  it("runs the zip that its stack uploaded, for as long as Cognito waits", () => {
    expect(resource(stack, "aws_lambda_function", prefix)).toMatchObject({
      function_name: `${name}${STAMP}`,
      handler: "index.handler",
      runtime: RUNTIME.name,
      architectures: ["arm64"],
      timeout: 5,
      memory_size: 256,
      s3_bucket: `\${${address(stack, "aws_s3_object", `code_${folder}`)}.bucket}`,
      s3_key: `\${${address(stack, "aws_s3_object", `code_${folder}`)}.key}`,
      logging_config: { log_format: "JSON", log_group: `\${${logGroup}.name}` },
    });
  });

  it("goes only after its pool has let go of it", () => {
    expect(resource(stack, "aws_lambda_permission", prefix).lifecycle).toEqual({ create_before_destroy: true });
  });

  it("keeps its names, and has others when it is replaced", () => {
    const named: [type: string, id: string, argument: string][] = [
      ["aws_lambda_function", prefix, "function_name"],
      ["aws_iam_role", prefix, "name"],
      ["aws_cloudwatch_log_group", prefix, "name"],
      ["aws_s3_object", `code_${folder}`, "key"],
    ];
    for (const [type, id, argument] of named) {
      expect(resource(stack, type, id)[argument]).toMatch(/\w-\$\{formatdate\("DDhhmmss", plantimestamp\(\)\)\}$/);
      expect(resource(stack, type, id).lifecycle).toEqual({ create_before_destroy: true, ignore_changes: [argument] });
    }
  });

  it("is not replaced while it is in use, everywhere but in the local environment", () => {
    const part = (type: string) => `\${${address(stack, type, prefix)}.arn}`;
    expect(resource(stack, "terraform_data", prefix)).toEqual({
      triggers_replace: { function: part("aws_lambda_function"), role: part("aws_iam_role") },
      lifecycle: { prevent_destroy: true },
      depends_on: expect.arrayContaining([address(stack, "aws_lambda_permission", prefix)]),
    });
    expect(identityStack(LOCAL).resource.terraform_data).toBeUndefined();
  });
});

it("lets no policy go before its function, and none take the place of another", () => {
  for (const policy of Object.values<Json>(stack.resource.aws_iam_role_policy)) {
    expect(policy.lifecycle).toEqual({ create_before_destroy: true, ignore_changes: ["name"] });
    expect(policy.name.endsWith(STAMP)).toBe(true);
  }
});

it("gives each handler its settings, and no id of a pool", () => {
  const settings = (prefix: string) => {
    const { SETTINGS, ...others } = resource(stack, "aws_lambda_function", prefix).environment.variables;
    expect(others).toEqual({});
    return JSON.parse(SETTINGS);
  };
  const access = {
    deniedDomains: ["example.com"],
    includeSubdomains: false,
    appliesToAdminCreatedUsers: false,
    onUnavailable: "deny",
    blockListTable: "identity-test-block-list",
  };
  expect(settings("verified_pre-authentication")).toMatchObject({ access });
  expect(settings("verified_pre-token-generation")).toMatchObject({ eventVersion: 1, access });
  expect(settings("verified_pre-sign-up")).toMatchObject({
    autoConfirm: "nobody",
    autoVerify: [],
    access,
  });
  expect(settings("anonymous_pre-sign-up")).toMatchObject({
    autoConfirm: "everyone",
    anonymous: true,
  });
});

describe("a trigger that writes messages", () => {
  const messages = { appName: "Example" };
  const pool = (props: Partial<UserPoolProps>) =>
    staffPool({ signIn: "email", messages, ...props }, { mail: SES_MAIL });
  const settingsOf = (props: Partial<UserPoolProps>) =>
    JSON.parse(resource(pool(props), "aws_lambda_function", "staff_custom-message").environment.variables.SETTINGS);
  const triggers = { customMessage: {} };

  it("knows the access of its pool, for a change of address", () => {
    expect(settingsOf({ triggers, access: { deniedDomains: ["example.com"] } })).toMatchObject({
      access: { deniedDomains: ["example.com"], onUnavailable: "deny" },
    });
  });

  it("knows none where the pool has none", () => {
    expect(settingsOf({ triggers })).not.toHaveProperty("access");
  });

  it("is not turned on by access", () => {
    const functions = Object.keys(pool({ access: {} }).resource.aws_lambda_function);
    expect(functions.filter((name) => name.startsWith("staff_custom"))).toEqual([]);
    expect(functions.filter((name) => name.startsWith("staff_"))).toHaveLength(3);
  });
});

it("uploads the zip of a folder once, and again when its hash changes", () => {
  expect(Object.keys(stack.resource.aws_s3_object)).toHaveLength(3);
  const zip = address({ resource: stack.data }, "archive_file", "code_pre-sign-up");
  expect(resource(stack, "aws_s3_object", "code_pre-sign-up")).toMatchObject({
    bucket: "identity-111111111111-test-code",
    key: `functions/identity-test/pre-sign-up${STAMP}`,
    source: `\${data.${zip}.output_path}`,
    source_hash: `\${data.${zip}.output_base64sha256}`,
  });
});

it("calls each function that a pool names with the permission to do so", () => {
  const permitted = Object.values<Json>(stack.resource.aws_lambda_permission).map(({ function_name }) => function_name);
  for (const pool of Object.values<Json>(stack.resource.aws_cognito_user_pool)) {
    for (const arn of Object.values<string>(pool.lambda_config)) {
      expect(permitted).toContain(arn.replace(".arn}", ".function_name}"));
    }
  }
});

it("has no dependency cycle, which only Terraform would find", () => {
  const references = new Map<string, string[]>();
  for (const [type, resources] of Object.entries<Json>(stack.resource)) {
    for (const [id, { "//": _, ...attributes }] of Object.entries<Json>(resources)) {
      const text = JSON.stringify(attributes);
      references.set(
        `${type}.${id}`,
        [...text.matchAll(/\baws_\w+\.[\w-]+/g)].map(([reference]) => reference),
      );
    }
  }
  const visit = (node: string, path: string[]): void => {
    expect(path).not.toContain(node);
    for (const next of references.get(node) ?? []) visit(next, [...path, node]);
  };
  for (const node of references.keys()) visit(node, []);
  expect([...references.values()].flat().length).toBeGreaterThan(10);
});

it("has the memory that its trigger is set to, and no other has", () => {
  const { resource: all } = staffPool({ access: {}, triggers: { preTokenGeneration: { memory: 1769 } } });
  const sizes = Object.entries<{ memory_size: number }>(all.aws_lambda_function)
    .filter(([name]) => name.startsWith("staff_"))
    .map(([name, { memory_size }]) => [name.replace(/^staff_(.+)_function_.*$/, "$1"), memory_size]);
  expect(Object.fromEntries(sizes)).toEqual({
    "pre-sign-up": 256,
    "pre-authentication": 256,
    "pre-token-generation": 1769,
  });
});
