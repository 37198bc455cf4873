import { readPlan } from "../../../tools/review/plan";
import { review } from "../../../tools/review/review";
import { type Planned, planText, resourceChange } from "./planned";

/** The rules that find something in a plan with these changes. */
function rulesOf(changes: readonly Planned[], more: object = {}): string[] {
  const { findings } = review([readPlan(planText(changes, more), "plan.json")]);
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}

const POOL = "aws_cognito_user_pool";
const CLIENT = "aws_cognito_user_pool_client";
const FUNCTION = "arn:aws:lambda:eu-west-1:111111111111:function:f";
const ARN = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/p";

const pool = (before: object, after: object, more: object = {}): Planned => ({
  type: POOL,
  before: { id: "p", arn: ARN, ...before },
  after: { id: "p", arn: ARN, ...after },
  ...more,
});
const client = (before: object, after: object, more: object = {}): Planned => ({
  type: CLIENT,
  before: { user_pool_id: "p", ...before },
  after: { user_pool_id: "p", ...after },
  ...more,
});
const USUAL_PERMISSION = {
  function_name: "f",
  principal: "cognito-idp.amazonaws.com",
  action: "lambda:InvokeFunction",
};
const permission = (values: object, more: object = {}): Planned => ({
  type: "aws_lambda_permission",
  address: "aws_lambda_permission.p",
  actions: ["no-op"],
  before: { ...USUAL_PERMISSION, ...values },
  after: { ...USUAL_PERMISSION, ...values },
  ...more,
});
const calls = (arn: string | null) => ({ lambda_config: [{ pre_sign_up: arn }] });

describe("what holds people", () => {
  const types = ["aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_cognito_user_group", "aws_kms_key"];
  const more = ["aws_cognito_user_pool_domain", "aws_dynamodb_table", "aws_s3_bucket", "aws_cognito_identity_provider"];
  const user = ["aws_cognito_user", "aws_cognito_user_in_group", "aws_cognito_resource_server"];

  it.each([...types, ...more, ...user])(
    "%s: deleted, replaced and forgotten are found, updated and moved are not",
    (type) => {
      const before = { id: "a", read_attributes: ["email"], write_attributes: ["email"] };
      expect(rulesOf([{ type, before, after: null }])).toHaveLength(1);
      expect(rulesOf([{ type, before, after: before, actions: ["delete", "create"] }])).toHaveLength(1);
      expect(rulesOf([{ type, before, after: before, actions: ["create", "delete"] }])).toHaveLength(1);
      expect(rulesOf([{ type, before, after: before, actions: ["create", "forget"] }])).toHaveLength(1);
      expect(rulesOf([{ type, before, after: null, actions: ["forget"] }])).toHaveLength(1);
      expect(rulesOf([{ type, before: null, after: before, actions: ["create"] }])).toEqual([]);
      expect(rulesOf([{ type, before, after: { ...before, tags: { a: "b" } } }])).toEqual([]);
      expect(rulesOf([{ type, before, after: before, actions: ["no-op"], previous_address: `${type}.old` }])).toEqual(
        [],
      );
    },
  );

  it("is found where an identity provider gets another name, which makes its people new ones", () => {
    const provider = (provider_name: string) => ({ id: `p:${provider_name}`, user_pool_id: "p", provider_name });
    const renamed = { before: provider("Company"), after: provider("Firm"), replace_paths: [["provider_name"]] };
    const type = "aws_cognito_identity_provider";
    const plan = planText([{ type, ...renamed, actions: ["delete", "create"] }]);
    const [finding] = review([readPlan(plan, "plan.json")]).findings;
    expect(finding?.rule).toBe("provider-removed");
    expect(finding?.text).toContain("under another name they are new people (because of ");
  });

  it("is found in a module and with an index, too", () => {
    const address = 'module.a["x"].aws_cognito_user_pool.people[0]';
    expect(rulesOf([{ type: POOL, address, before: { id: "a" }, after: null }])).toEqual(["pool-removed"]);
  });
});

describe("a trigger", () => {
  const early = ["trigger-attached-early"];

  it.each<[string, Planned[], string[]]>([
    ["that is detached", [pool(calls(FUNCTION), calls(null))], ["trigger-detached"]],
    ["whose slots are all removed", [pool(calls(FUNCTION), { lambda_config: [] })], ["trigger-detached"]],
    ["whose slots are null", [pool(calls(FUNCTION), { lambda_config: null })], ["trigger-detached"]],
    [
      "that is another function",
      [pool(calls(FUNCTION), calls(`${FUNCTION}2`)), permission({ source_arn: ARN, function_name: "f2" })],
      ["trigger-detached"],
    ],
    [
      "that is another version of its function",
      [pool(calls(FUNCTION), calls(`${FUNCTION}:2`)), permission({ source_arn: ARN, qualifier: "2" })],
      [],
    ],
    [
      "that is a version which the pool may not call, as a permission is of one version",
      [pool(calls(FUNCTION), calls(`${FUNCTION}:2`)), permission({ source_arn: ARN })],
      early,
    ],
    [
      "that is a function of the same name in another account",
      [pool(calls(FUNCTION), calls(FUNCTION.replace("111111111111", "999999999999"))), permission({ source_arn: ARN })],
      ["trigger-attached-early", "trigger-detached"],
    ],
    [
      "whose permission is replaced by one for another function",
      [
        pool(calls(FUNCTION), calls(FUNCTION), { actions: ["no-op"] }),
        permission(
          { source_arn: ARN },
          { actions: ["create", "delete"], after: { ...USUAL_PERMISSION, function_name: "g", source_arn: ARN } },
        ),
      ],
      ["permission-removed"],
    ],
    [
      "whose permission is replaced by one for another pool",
      [
        pool(calls(FUNCTION), calls(FUNCTION), { actions: ["no-op"] }),
        permission(
          { source_arn: ARN },
          { actions: ["create", "delete"], after: { ...USUAL_PERMISSION, source_arn: `${ARN}2` } },
        ),
      ],
      ["permission-removed", "permission-widened"],
    ],
    [
      "whose permission Terraform only forgets",
      [
        pool(calls(FUNCTION), calls(FUNCTION), { actions: ["no-op"] }),
        permission({ source_arn: ARN }, { actions: ["forget"], after: null }),
      ],
      [],
    ],
    [
      "that somebody else may call too, by its ARN",
      [
        pool(calls(FUNCTION), calls(FUNCTION), { actions: ["no-op"] }),
        permission({ source_arn: ARN }),
        permission(
          {},
          {
            address: "aws_lambda_permission.other",
            actions: ["create"],
            before: null,
            after: {
              ...USUAL_PERMISSION,
              function_name: FUNCTION,
              principal: "events.amazonaws.com",
              source_arn: "rule",
            },
          },
        ),
      ],
      ["permission-widened"],
    ],
    ["that is attached without a permission in the plan", [pool(calls(null), calls(FUNCTION))], early],
    [
      "that is attached with a permission that is there",
      [pool(calls(null), calls(FUNCTION)), permission({ source_arn: ARN })],
      [],
    ],
    [
      "that is attached with a permission for another pool",
      [pool(calls(null), calls(FUNCTION)), permission({ source_arn: `${ARN}2` })],
      early,
    ],
    [
      "that is attached with a permission that is made",
      [pool(calls(null), calls(FUNCTION)), permission({ source_arn: ARN }, { before: null, actions: ["create"] })],
      [...early],
    ],
    ["that is attached to a new pool", [{ type: POOL, before: null, after: calls(FUNCTION) }], []],
    [
      "that is known only after the deployment",
      [pool(calls(null), { lambda_config: [{}] }, { after_unknown: { lambda_config: [{ pre_sign_up: true }] } })],
      early,
    ],
    [
      "of which nothing changes but the form",
      [pool({ lambda_config: [] }, { lambda_config: [{ pre_sign_up: null, custom_email_sender: [] }] })],
      [],
    ],
    [
      "whose permission goes",
      [
        pool(calls(FUNCTION), calls(FUNCTION), { actions: ["no-op"] }),
        permission({ source_arn: ARN }, { after: null, actions: ["delete"] }),
      ],
      ["permission-removed"],
    ],
    [
      "whose permission is replaced, the old one first",
      [
        pool(calls(FUNCTION), calls(FUNCTION), { actions: ["no-op"] }),
        permission({ source_arn: ARN }, { actions: ["delete", "create"] }),
      ],
      ["permission-removed"],
    ],
    [
      "whose permission is replaced, the new one first",
      [
        pool(calls(FUNCTION), calls(FUNCTION), { actions: ["no-op"] }),
        permission({ source_arn: ARN }, { actions: ["create", "delete"] }),
      ],
      [],
    ],
    [
      "whose function goes",
      [
        pool(calls(FUNCTION), calls(FUNCTION), { actions: ["no-op"] }),
        { type: "aws_lambda_function", before: { arn: FUNCTION }, after: null },
      ],
      ["function-removed"],
    ],
    [
      "whose unused function goes",
      [
        pool(calls(null), calls(null), { actions: ["no-op"] }),
        { type: "aws_lambda_function", before: { arn: FUNCTION }, after: null },
      ],
      [],
    ],
  ])("%s", (_, changes, rules) => {
    expect(rulesOf(changes)).toEqual(rules);
  });

  it("that the provider computes is no change, and one that the configuration sets is", () => {
    const config = (expressions: object) => ({
      configuration: {
        root_module: { resources: [{ address: `${POOL}.it`, expressions: { lambda_config: [expressions] } }] },
      },
    });
    const changes = [
      pool(
        { lambda_config: [] },
        { lambda_config: [{}] },
        { after_unknown: { lambda_config: [{ pre_token_generation: true }] } },
      ),
    ];
    expect(rulesOf(changes, config({}))).toEqual([]);
    expect(rulesOf(changes, config({ pre_token_generation: { references: ["aws_lambda_function.f.arn"] } }))).toEqual(
      early,
    );
    expect(rulesOf(changes)).toEqual(early);
  });
});

describe("what gets weaker, and what does not", () => {
  const days = (count: number) => ({ retention_in_days: count });
  const settings = (value: object) => ({ environment: [{ variables: { SETTINGS: JSON.stringify(value) } }] });
  const change = (type: string, before: object, after: object): Planned => ({ type, before, after });
  const recovery = (...names: string[]) => ({
    account_recovery_setting: [{ recovery_mechanism: names.map((name, index) => ({ name, priority: index + 1 })) }],
  });
  const attribute = (name: string, more: object = {}) => ({
    name,
    attribute_data_type: "String",
    mutable: true,
    ...more,
  });

  it.each<[rule: string, weaker: Planned, stronger: Planned]>([
    [
      "schema-changed",
      pool({ schema: [attribute("a"), attribute("b")] }, { schema: [attribute("b")] }),
      pool(
        { schema: [attribute("a"), attribute("b")] },
        {
          schema: [
            attribute("b"),
            attribute("c"),
            attribute("a", { string_attribute_constraints: [{ min_length: "0", max_length: "2048" }] }),
          ],
        },
      ),
    ],
    [
      "recovery-weakened",
      pool(recovery("verified_email"), recovery("admin_only")),
      pool({}, recovery("verified_email")),
    ],
    [
      "verification-weakened",
      pool({ auto_verified_attributes: ["email", "phone_number"] }, { auto_verified_attributes: ["email"] }),
      pool({ auto_verified_attributes: ["email"] }, { auto_verified_attributes: ["phone_number", "email"] }),
    ],
    [
      "mfa-weakened",
      pool({ mfa_configuration: "ON" }, { mfa_configuration: "OPTIONAL" }),
      pool({ mfa_configuration: "OFF" }, { mfa_configuration: "ON" }),
    ],
    [
      "password-rules-weakened",
      pool({ password_policy: [{ minimum_length: 12 }] }, { password_policy: [{ minimum_length: 8 }] }),
      pool(
        { password_policy: [{ minimum_length: 8 }] },
        { password_policy: [{ minimum_length: 12, require_symbols: true }] },
      ),
    ],
    [
      "sign-up-opened",
      pool({ admin_create_user_config: [{ allow_admin_create_user_only: true }] }, { admin_create_user_config: [{}] }),
      pool({}, { admin_create_user_config: [{ allow_admin_create_user_only: true }] }),
    ],
    [
      "threat-protection-weakened",
      pool({ user_pool_tier: "PLUS" }, { user_pool_tier: "LITE" }),
      pool({ user_pool_tier: "LITE" }, { user_pool_tier: "PLUS" }),
    ],
    [
      "sign-in-removed",
      client(
        { explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"] },
        { explicit_auth_flows: ["ALLOW_USER_SRP_AUTH"] },
      ),
      client(
        { explicit_auth_flows: ["USER_PASSWORD_AUTH"] },
        { explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH"] },
      ),
    ],
    [
      "existence-shown",
      client({ prevent_user_existence_errors: "ENABLED" }, {}),
      client({}, { prevent_user_existence_errors: "ENABLED" }),
    ],
    [
      "tokens-longer",
      client({ access_token_validity: 1 }, { access_token_validity: 2 }),
      client(
        { access_token_validity: 1 },
        { access_token_validity: 60, token_validity_units: [{ access_token: "minutes" }] },
      ),
    ],
    [
      "tokens-longer",
      client({ refresh_token_validity: 30 }, { refresh_token_validity: 31 }),
      client({ refresh_token_validity: 0 }, { refresh_token_validity: 30 }),
    ],
    [
      "tokens-longer",
      client({ enable_token_revocation: true }, { enable_token_revocation: false }),
      client({ enable_token_revocation: false }, { enable_token_revocation: true }),
    ],
    [
      "attributes-widened",
      client({ write_attributes: ["email"] }, { write_attributes: ["name", "email"] }),
      client({ write_attributes: ["email", "name"] }, { write_attributes: ["name"] }),
    ],
    [
      "attributes-widened",
      client({ read_attributes: ["email"] }, { read_attributes: [] }),
      client({ read_attributes: null }, { read_attributes: ["email"] }),
    ],
    [
      "callback-added",
      client({ callback_urls: ["a"] }, { callback_urls: ["b", "a"] }),
      client({ callback_urls: ["a", "b"] }, { callback_urls: ["b"] }),
    ],
    [
      "oauth-widened",
      client({ allowed_oauth_flows: ["code"] }, { allowed_oauth_flows: ["code", "implicit"] }),
      client({ allowed_oauth_scopes: ["openid", "profile"] }, { allowed_oauth_scopes: ["openid"] }),
    ],
    [
      "deletion-protection-weakened",
      pool({ deletion_protection: "ACTIVE" }, {}),
      pool({ deletion_protection: "INACTIVE" }, { deletion_protection: "ACTIVE" }),
    ],
    [
      "deletion-protection-weakened",
      change("aws_dynamodb_table", { deletion_protection_enabled: true }, { deletion_protection_enabled: false }),
      change("aws_dynamodb_table", {}, { deletion_protection_enabled: true }),
    ],
    [
      "deletion-protection-weakened",
      change("aws_kms_key", { deletion_window_in_days: 30 }, { deletion_window_in_days: 7 }),
      change("aws_kms_key", { deletion_window_in_days: 7 }, { deletion_window_in_days: 30 }),
    ],
    [
      "deletion-protection-weakened",
      change("aws_s3_bucket", { force_destroy: false }, { force_destroy: true }),
      change("aws_s3_bucket", { force_destroy: true }, { force_destroy: false }),
    ],
    [
      "encryption-weakened",
      change("aws_sqs_queue", { sqs_managed_sse_enabled: true }, { sqs_managed_sse_enabled: false }),
      change(
        "aws_sqs_queue",
        { sqs_managed_sse_enabled: true },
        { sqs_managed_sse_enabled: false, kms_master_key_id: "k" },
      ),
    ],
    [
      "encryption-weakened",
      change("aws_dynamodb_table", { server_side_encryption: [{ enabled: true }] }, { server_side_encryption: [] }),
      change("aws_dynamodb_table", {}, { server_side_encryption: [{ enabled: true }] }),
    ],
    [
      "encryption-weakened",
      change("aws_kms_key", { is_enabled: true }, { is_enabled: false }),
      change("aws_kms_key", { enable_key_rotation: false }, { enable_key_rotation: true }),
    ],
    [
      "backup-weakened",
      change("aws_dynamodb_table", { point_in_time_recovery: [{ enabled: true }] }, { point_in_time_recovery: [] }),
      change(
        "aws_dynamodb_table",
        { point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 7 }] },
        { point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 35 }] },
      ),
    ],
    [
      "backup-weakened",
      change(
        "aws_s3_bucket_versioning",
        { versioning_configuration: [{ status: "Enabled" }] },
        { versioning_configuration: [{ status: "Suspended" }] },
      ),
      change(
        "aws_s3_bucket_versioning",
        { versioning_configuration: [{ status: "Suspended" }] },
        { versioning_configuration: [{ status: "Enabled" }] },
      ),
    ],
    [
      "bucket-opened",
      change("aws_s3_bucket_public_access_block", { block_public_acls: true }, {}),
      change("aws_s3_bucket_public_access_block", { block_public_acls: false }, { block_public_acls: true }),
    ],
    [
      "bucket-opened",
      change("aws_s3_bucket_acl", { acl: "private" }, { acl: "public-read" }),
      change("aws_s3_bucket_acl", { acl: "public-read" }, { acl: "private" }),
    ],
    [
      "logs-shorter",
      change("aws_cloudwatch_log_group", days(0), days(365)),
      change("aws_cloudwatch_log_group", days(30), days(0)),
    ],
    [
      "settings-weakened",
      change("aws_lambda_function", settings({ access: { deniedDomains: ["a.example"] } }), settings({})),
      change("aws_lambda_function", settings({}), settings({ access: { deniedDomains: ["a.example"] } })),
    ],
    [
      "settings-weakened",
      change("aws_lambda_function", settings({ autoConfirm: "nobody" }), settings({ autoConfirm: "everyone" })),
      change(
        "aws_lambda_function",
        settings({ autoConfirm: "everyone" }),
        settings({ autoConfirm: { registeredDomains: ["a.example"] } }),
      ),
    ],
    [
      "settings-weakened",
      change(
        "aws_lambda_function",
        settings({ access: { blockListTable: "t", onUnavailable: "deny" } }),
        settings({ access: { blockListTable: "t", onUnavailable: "allow" } }),
      ),
      change("aws_lambda_function", settings({ appName: "A" }), settings({ appName: "B" })),
    ],
  ])("%s", (rule, weaker, stronger) => {
    expect(rulesOf([weaker])).toEqual([rule]);
    expect(rulesOf([stronger])).toEqual([]);
  });
});

describe("what goes with its bucket", () => {
  const parts = ["bucket_versioning", "bucket_public_access_block", "bucket_server_side_encryption_configuration"];

  it.each(parts)("aws_s3_%s is found if only it goes", (part) => {
    const gone: Planned = { type: `aws_s3_${part}`, before: { bucket: "b" }, after: null };
    const bucket: Planned = { type: "aws_s3_bucket", before: { bucket: "b" }, after: null };
    expect(rulesOf([gone])).toHaveLength(1);
    expect(rulesOf([gone, bucket])).toEqual(["bucket-removed"]);
  });
});

describe("rights", () => {
  const document = (...statements: object[]) =>
    JSON.stringify({ Statement: statements.map((one) => ({ Effect: "Allow", ...one })) });
  const read = { Action: "dynamodb:GetItem", Resource: "t" };
  const right = (address: string, before: string | null, after: string | null, role = "r"): Planned => ({
    type: "aws_iam_role_policy",
    address: `aws_iam_role_policy.${address}`,
    before: before === null ? null : { role, policy: before },
    after: after === null ? null : { role, policy: after },
  });
  const newRole: Planned = { type: "aws_iam_role", before: null, after: { name: "r" } };

  it.each<[string, Planned[], string[]]>([
    ["a right more for a role that is there", [right("a", null, document(read))], ["role-widened"]],
    ["a right of a new role", [newRole, right("a", null, document(read))], []],
    [
      "a right of a new role on everything",
      [newRole, right("a", null, document({ ...read, Resource: "*" }))],
      ["role-widened"],
    ],
    ["a right that moves to another policy", [right("a", document(read), null), right("b", null, document(read))], []],
    ["a right that goes", [right("a", document(read), null)], []],
    ["a Deny that goes", [right("a", document({ ...read, Effect: "Deny" }), null)], ["role-widened"]],
    ["a policy that cannot be read", [right("a", document(read), "{")], ["role-widened"]],
    [
      "the policies that the provider shows in a role",
      [
        {
          type: "aws_iam_role",
          before: { name: "r", inline_policy: [] },
          after: { name: "r", inline_policy: [{ policy: document(read) }] },
        },
        { ...right("a", document(read), document(read)), actions: ["no-op"] },
      ],
      [],
    ],
    [
      "another policy in a role",
      [
        {
          type: "aws_iam_role",
          before: { name: "r", inline_policy: [] },
          after: { name: "r", inline_policy: [{ policy: document(read) }] },
        },
      ],
      ["role-widened"],
    ],
    [
      "a role without its boundary",
      [{ type: "aws_iam_role", before: { permissions_boundary: "b" }, after: {} }],
      ["role-widened"],
    ],
    [
      "a role that anybody can take",
      [{ type: "aws_iam_role", before: null, after: { assume_role_policy: document({ Principal: "*" }) } }],
      ["role-widened"],
    ],
    [
      "a policy of AWS for a role that is there",
      [
        {
          type: "aws_iam_role_policy_attachment",
          before: null,
          after: { role: "r", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
        },
      ],
      ["role-widened"],
    ],
    [
      "a key that more can use",
      [
        {
          type: "aws_kms_key",
          before: { policy: document({ ...read, Principal: { AWS: "1" } }) },
          after: { policy: document({ ...read, Principal: { AWS: ["1", "2"] } }) },
        },
      ],
      ["resource-opened"],
    ],
    [
      "a bucket's policy that is replaced without its Deny",
      [
        {
          type: "aws_s3_bucket_policy",
          actions: ["delete", "create"],
          before: { bucket: "b", policy: document({ Effect: "Deny", Principal: "*", ...read }) },
          after: { bucket: "b", policy: document() },
        },
      ],
      ["tls-weakened"],
    ],
    [
      "a function at an open address",
      [{ type: "aws_lambda_function_url", before: null, after: { authorization_type: "NONE" } }],
      ["permission-widened"],
    ],
  ])("%s", (_, changes, rules) => {
    expect(rulesOf(changes)).toEqual(rules);
  });

  describe("of a data source that Terraform reads only in the deployment", () => {
    const DOCUMENT = "data.aws_iam_policy_document.d";
    const reads = (expression: object) => ({
      configuration: {
        root_module: { resources: [{ address: "aws_iam_role_policy.a", expressions: { policy: expression } }] },
      },
    });
    const later: Planned = {
      ...right("a", document(read), null),
      after: { role: "r" },
      actions: ["update"],
      after_unknown: { policy: true },
    };
    const data = (statement: object, unknown: object = {}): Planned => ({
      type: "aws_iam_policy_document",
      address: DOCUMENT,
      mode: "data",
      before: null,
      after: {
        statement: [{ actions: ["dynamodb:GetItem"], resources: ["t"], condition: [], principals: [], ...statement }],
      },
      actions: ["read"],
      after_unknown: { id: true, json: true, statement: [unknown] },
    });
    const references = { references: [`${DOCUMENT}.json`, DOCUMENT] };

    it.each<[string, Planned, object, string[]]>([
      ["the same", data({}), references, []],
      ["the same, as CDKTF writes it", data({}), { ...references, constant_value: `\${${DOCUMENT}.json}` }, []],
      ["more", data({ actions: ["dynamodb:GetItem", "dynamodb:Scan"] }), references, ["role-widened"]],
      ["something unknown", data({}, { resources: [true] }), references, ["role-widened"]],
      ["with more around it", data({}), { ...references, constant_value: `x\${${DOCUMENT}.json}` }, ["role-widened"]],
      ["another one", { ...data({}), address: `${DOCUMENT}2` }, references, ["role-widened"]],
    ])("%s", (_, one, expression, rules) => {
      expect(rulesOf([later, one], reads(expression))).toEqual(rules);
    });
  });

  it("known only after the deployment are a finding", () => {
    const unknown: Planned = {
      ...right("a", document(read), null),
      after: { role: "r" },
      actions: ["update"],
      after_unknown: { policy: true },
    };
    expect(rulesOf([unknown])).toEqual(["role-widened"]);
  });
});

describe("drift", () => {
  const drift = (...changes: Planned[]) => ({ resource_drift: changes.map(resourceChange) });
  const off = pool({ deletion_protection: "ACTIVE" }, { deletion_protection: "INACTIVE" });

  it("that weakens something is found, also if the plan puts it back", () => {
    const back = pool({ deletion_protection: "INACTIVE" }, { deletion_protection: "ACTIVE" });
    expect(rulesOf([back], drift(off))).toEqual(["drift"]);
  });

  it("that removes something is found", () => {
    expect(
      rulesOf([{ type: POOL, before: null, after: {} }], drift({ type: POOL, before: { id: "p" }, after: null })),
    ).toEqual(["drift"]);
  });

  it("of something that no rule is about is none", () => {
    expect(rulesOf([], drift(pool({ estimated_number_of_users: 1 }, { estimated_number_of_users: 2 })))).toEqual([]);
  });

  it("does not make an allowed change of a drift", () => {
    const plan = readPlan(planText([], drift(off)), "plan.json");
    const allowed = new Map([["deletion-protection-weakened", "…"]]);
    expect(review([plan], { allowed }).findings.map((finding) => finding.allowed)).toEqual([null]);
  });
});
