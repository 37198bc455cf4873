import { readPlan } from "../../../tools/review/plan";
import { review } from "../../../tools/review/review";
import { inQuotes } from "../../../tools/review/words";
import { type Planned, planText } from "./planned";

// Shapes of plans that no change of the trials makes, each as Terraform prints it.

function findingsOf(changes: readonly Planned[], more: object = {}) {
  const { findings } = review([readPlan(planText(changes, more), "plan.json")]);
  return findings.map(({ rule, text }) => ({ rule, text: inQuotes(text) }));
}
const rulesOf = (changes: readonly Planned[], more: object = {}) =>
  [...new Set(findingsOf(changes, more).map(({ rule }) => rule))].sort();

const ARN = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/p";
const FUNCTION = "arn:aws:lambda:eu-west-1:111111111111:function:f";
const change = (type: string, before: object, after: object, more: object = {}): Planned => ({
  type,
  before,
  after,
  ...more,
});
const pool = (before: object, after: object): Planned =>
  change("aws_cognito_user_pool", { id: "p", arn: ARN, ...before }, { id: "p", arn: ARN, ...after });
const client = (before: object, after: object, more: object = {}): Planned =>
  change("aws_cognito_user_pool_client", { user_pool_id: "p", ...before }, { user_pool_id: "p", ...after }, more);
const newClient = (after: object, more: object = {}): Planned => ({
  type: "aws_cognito_user_pool_client",
  before: null,
  after: {
    user_pool_id: "p",
    prevent_user_existence_errors: "ENABLED",
    read_attributes: ["email"],
    write_attributes: ["email"],
    ...after,
  },
  ...more,
});
const settings = (before: object, after: object | string): Planned => {
  const variables = (value: object | string) => ({
    arn: FUNCTION,
    environment: [{ variables: { SETTINGS: typeof value === "string" ? value : JSON.stringify(value) } }],
  });
  return change("aws_lambda_function", variables(before), variables(after));
};
const made = (type: string, after: object): Planned => ({ type, before: null, after });
const document = (...statements: object[]) =>
  JSON.stringify({ Statement: statements.map((one) => ({ Effect: "Allow", ...one })) });

describe("what is known only after the deployment, in a list", () => {
  it.each([
    ["callback_urls", "callback-added"],
    ["allowed_oauth_scopes", "oauth-widened"],
    ["write_attributes", "attributes-widened"],
  ])("%s", (argument, rule) => {
    const unknown = { after_unknown: { [argument]: [false, true] } };
    expect(rulesOf([client({ [argument]: ["a"] }, { [argument]: ["a", null] }, unknown)])).toEqual([rule]);
  });
});

describe("settings of a trigger", () => {
  const linking = (trust: object, otherwise = "refuse") => ({ linking: { trust, otherwise } });
  const company = (addresses: unknown, subjects = "lower-case") => ({ oidc: { Company: { addresses, subjects } } });
  const legacy = { table: "t", attributes: { email: "mail" }, addressesAreProven: false, finalStatus: "CONFIRMED" };
  const access = (more: object) => ({ access: { deniedDomains: [], includeSubdomains: false, ...more } });
  const token = (claims: object) => ({ accessToken: { claims } });

  it.each<[string, object, object]>([
    ["another sender", { through: { service: "ses" } }, { through: { webhook: { url: "https://a.example" } } }],
    [
      "another webhook",
      { through: { webhook: { url: "https://a.example" } } },
      { through: { webhook: { url: "https://b.example" } } },
    ],
    ["linking for every address", {}, linking(company("every-address"))],
    [
      "linking for more domains",
      linking(company({ domains: ["a.example"] })),
      linking(company({ domains: ["b.example"] })),
    ],
    ["linking by another spelling", linking(company("every-address")), linking(company("every-address", "custom:id"))],
    ["linking without a refusal", linking({}), linking({}, "separate")],
    ["another legacy table", legacy, { ...legacy, table: "u" }],
    ["another legacy address", legacy, { ...legacy, attributes: { email: "other" } }],
    ["legacy addresses that are believed", legacy, { ...legacy, addressesAreProven: true }],
    ["legacy passwords that stay", { ...legacy, finalStatus: "RESET_REQUIRED" }, legacy],
    ["no password before the code", { passwordFirst: true }, { passwordFirst: false }],
    ["another group", { group: "members" }, { group: "admins" }],
    ["a group by password reset", { group: "a", afterPasswordReset: false }, { group: "a", afterPasswordReset: true }],
    ["sign-ins without a record", { onFailure: "deny" }, { onFailure: "allow" }],
    ["records for fewer days", { keepDays: 90 }, { keepDays: 1 }],
    ["another claim", token({ roles: { groups: true } }), token({ roles: { value: ["admin"] } })],
    ["a claim less", token({ roles: { groups: true } }), token({})],
    ["another block list", access({ blockListTable: "a" }), access({ blockListTable: "b" })],
    [
      "domains that are allowed, too",
      access({ allowedDomains: ["a.example"] }),
      access({ allowedDomains: ["b.example"] }),
    ],
  ])("%s", (_, before, after) => {
    expect(rulesOf([settings(before, after)])).toEqual(["settings-weakened"]);
  });

  it.each<[string, object, object]>([
    ["a domain in capitals", access({ deniedDomains: ["Example.com"] }), access({ deniedDomains: ["example.com"] })],
    [
      "a sub-domain of a denied domain",
      access({ deniedDomains: ["example.com", "mail.example.com"], includeSubdomains: true }),
      access({ deniedDomains: ["example.com"], includeSubdomains: true }),
    ],
    [
      "a denied domain that is not allowed either",
      access({ deniedDomains: ["example.com"] }),
      access({ allowedDomains: ["example.org"] }),
    ],
    ["linking that believes less", linking(company("every-address")), linking(company({ domains: ["a.example"] }))],
    ["linking that goes", linking(company("every-address")), {}],
    ["a claim more", token({}), token({ team: { attribute: "custom:team" } })],
    ["records for more days", { keepDays: 1 }, { keepDays: 90 }],
    ["sign-ins only with a record", { onFailure: "allow" }, { onFailure: "deny" }],
  ])("%s is no finding", (_, before, after) => {
    expect(rulesOf([settings(before, after)])).toEqual([]);
  });

  it("are a finding where they are known only after the deployment", () => {
    const later = { after_unknown: { environment: [{ variables: { SETTINGS: true } }] } };
    const fn = { environment: [{ variables: { SETTINGS: JSON.stringify(token({})) } }] };
    const after = { environment: [{ variables: {} }] };
    expect(rulesOf([change("aws_lambda_function", fn, after, later)])).toEqual(["settings-weakened"]);
  });
});

describe("an identity provider", () => {
  const details = { oidc_issuer: "https://a.example", client_id: "1", client_secret: "s" };
  const mapping = { username: "sub", email: "email", email_verified: "email_verified" };
  const provider = (after: object, more: object = {}) =>
    change(
      "aws_cognito_identity_provider",
      { provider_details: details, attribute_mapping: mapping },
      { provider_details: details, attribute_mapping: mapping, ...after },
      more,
    );

  it.each<[string, Planned]>([
    ["of another issuer", provider({ provider_details: { ...details, oidc_issuer: "https://b.example" } })],
    ["of another app", provider({ provider_details: { ...details, client_id: "2" } })],
    ["with other user names", provider({ attribute_mapping: { ...mapping, username: "email" } })],
    ["without a proof of addresses", provider({ attribute_mapping: { username: "sub", email: "email" } })],
    [
      "that is known only after the deployment",
      provider(
        { provider_details: { client_id: "1" } },
        { after_unknown: { provider_details: { oidc_issuer: true } } },
      ),
    ],
  ])("%s is found", (_, planned) => {
    expect(rulesOf([planned])).toEqual(["provider-changed"]);
  });

  it.each<[string, Planned]>([
    ["with a new secret", provider({ provider_details: { ...details, client_secret: "t" } })],
    ["with an attribute more", provider({ attribute_mapping: { ...mapping, name: "name" } })],
  ])("%s is no finding", (_, planned) => {
    expect(rulesOf([planned])).toEqual([]);
  });

  it("is found without a word of its details", () => {
    const [finding] = findingsOf([provider({ provider_details: { ...details, client_id: "2", client_secret: "t" } })]);
    expect(finding?.text).toContain('is asked elsewhere: "client_id" changes.');
  });
});

describe("a function that a pool calls", () => {
  const calling = change(
    "aws_cognito_user_pool",
    { arn: ARN, lambda_config: [{ pre_sign_up: FUNCTION }] },
    { arn: ARN, lambda_config: [{ pre_sign_up: FUNCTION }] },
    { actions: ["no-op"] },
  );

  it.each<[string, object, object, string[]]>([
    [
      "may not run",
      { reserved_concurrent_executions: -1 },
      { reserved_concurrent_executions: 0 },
      ["function-removed"],
    ],
    ["may run more often", { reserved_concurrent_executions: 1 }, { reserved_concurrent_executions: 2 }, []],
    ["has another role", { role: "a" }, { role: "b" }, ["role-widened"]],
  ])("%s", (_, before, after, rules) => {
    const fn = change("aws_lambda_function", { arn: FUNCTION, ...before }, { arn: FUNCTION, ...after });
    expect(rulesOf([calling, fn])).toEqual(rules);
  });

  it("is no finding where Terraform only forgets it", () => {
    const forgotten = { type: "aws_lambda_function", before: { arn: FUNCTION }, after: null, actions: ["forget"] };
    expect(rulesOf([calling, forgotten])).toEqual([]);
  });
});

describe("an app client", () => {
  it.each<[string, Planned, string[]]>([
    ["that is new and says who exists", newClient({ prevent_user_existence_errors: null }), ["existence-shown"]],
    [
      "that is new, and AWS chooses whether it says who exists",
      newClient(
        { prevent_user_existence_errors: undefined },
        { after_unknown: { prevent_user_existence_errors: true } },
      ),
      ["existence-shown"],
    ],
    ["that is new and sends people elsewhere", newClient({ callback_urls: ["https://a.example"] }), ["callback-added"]],
    [
      "that is new and writes tokens into addresses",
      newClient({ allowed_oauth_flows: ["implicit"] }),
      ["oauth-widened"],
    ],
    ["that is new, with tokens for years", newClient({ refresh_token_validity: 3650 }), ["tokens-longer"]],
    ["that is new, with tokens that stay", newClient({ enable_token_revocation: false }), ["tokens-longer"]],
    ["that is new", newClient({ refresh_token_validity: 1, enable_token_revocation: true }), []],
    [
      "without hosted pages",
      client({ allowed_oauth_flows_user_pool_client: true }, { allowed_oauth_flows_user_pool_client: false }),
      ["sign-in-removed"],
    ],
    [
      "without the grant code",
      client({ allowed_oauth_flows: ["code"] }, { allowed_oauth_flows: [] }),
      ["sign-in-removed"],
    ],
    [
      "that begins to rotate its refresh tokens",
      client(
        { refresh_token_rotation: [] },
        { refresh_token_rotation: [{ feature: "ENABLED", retry_grace_period_seconds: 10 }] },
      ),
      [],
    ],
  ])("%s", (_, planned, rules) => {
    expect(rulesOf([planned])).toEqual(rules);
  });
});

describe("a pool", () => {
  const device = (challenge: boolean, mfa = "ON") => ({
    mfa_configuration: mfa,
    device_configuration: [{ challenge_required_on_new_device: challenge }],
  });
  const recovery = (name: string) => ({
    account_recovery_setting: [{ recovery_mechanism: [{ name, priority: 1 }] }],
  });
  const app = (enabled: boolean, mfa: string) => ({
    mfa_configuration: mfa,
    software_token_mfa_configuration: enabled ? [{ enabled }] : [],
  });
  const passkeys = (id: string, verification: string) => ({
    web_authn_configuration: [{ relying_party_id: id, user_verification: verification }],
  });
  const mail = (...blocks: object[]) => ({ mfa_configuration: "OPTIONAL", email_mfa_configuration: blocks });

  it.each<[string, Planned, string[]]>([
    ["whose remembered devices are a second factor", pool(device(false), device(true)), ["mfa-weakened"]],
    ["whose remembered devices are none any more", pool(device(true), device(false)), []],
    ["that remembers devices, without second factors", pool(device(false, "OFF"), device(true, "OFF")), []],
    ["without apps, where nobody has one", pool(app(true, "OFF"), app(false, "OFF")), []],
    ["without apps", pool(app(true, "OPTIONAL"), app(false, "OPTIONAL")), ["mfa-weakened"]],
    ["without second factors by mail", pool(mail({ message: null, subject: null }), mail()), ["mfa-weakened"]],
    ["of another site for passkeys", pool(passkeys("a", "required"), passkeys("b", "required")), ["sign-in-removed"]],
    ["whose passkeys prove less", pool(passkeys("a", "required"), passkeys("a", "preferred")), ["mfa-weakened"]],
    [
      "where people recover accounts themselves",
      pool(recovery("admin_only"), recovery("verified_email")),
      ["recovery-weakened"],
    ],
    [
      "whose mail Cognito sends",
      pool(
        { email_configuration: [{ email_sending_account: "DEVELOPER" }] },
        { email_configuration: [{ email_sending_account: "COGNITO_DEFAULT" }] },
      ),
      ["recovery-weakened"],
    ],
    [
      "that gets a required attribute",
      pool({ schema: [] }, { schema: [{ name: "name", attribute_data_type: "String", required: true }] }),
      ["schema-changed"],
    ],
  ])("%s", (_, planned, rules) => {
    expect(rulesOf([planned])).toEqual(rules);
  });

  it("that Terraform forgets stays, and is not said to be lost", () => {
    const forgotten = { type: "aws_cognito_user_pool", before: { id: "p" }, after: null, actions: ["forget"] };
    const [finding] = findingsOf([forgotten]);
    expect(finding?.text).toContain("it stays in AWS, and nothing here protects it");
  });

  it("has its name of the code in modules and with keys", () => {
    const address = 'module.tenant["a.b"].aws_cognito_user_pool.people_pool_0123ABCD["x.y]"]';
    const [finding] = findingsOf([{ type: "aws_cognito_user_pool", address, before: { id: "p" }, after: null }]);
    expect(finding?.text).toContain('the pool "people" ');
  });

  it("opens nothing where a firewall stays, and is found where it goes", () => {
    const type = "aws_wafv2_web_acl_association";
    expect(rulesOf([{ type, before: { resource_arn: ARN }, after: null }])).toEqual(["threat-protection-weakened"]);
    expect(rulesOf([made(type, { resource_arn: ARN })])).toEqual([]);
  });
});

describe("what is new, and opens what was there", () => {
  const stranger = { Principal: { AWS: "arn:aws:iam::999999999999:root" }, Action: "s3:GetObject", Resource: "b/*" };
  const everybody = { ...stranger, Principal: "*" };
  const secure = { Condition: { Bool: { "aws:SecureTransport": "true" } } };
  const anyArn = { Condition: { StringLike: { "aws:PrincipalArn": "*" } } };
  const own = { Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } };
  const noHttp = { ...everybody, Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } };
  const bucket = made("aws_s3_bucket", { bucket: "b" });
  const policy = (...statements: object[]) =>
    made("aws_s3_bucket_policy", { bucket: "b", policy: document(...statements) });
  const everyone = { grantee: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers" }] };

  it.each<[string, Planned[], string[]]>([
    ["a policy for a stranger", [policy(stranger)], ["resource-opened"]],
    [
      "a policy for a stranger, with versions",
      [policy(stranger), made("aws_s3_bucket_versioning", { bucket: "b" })],
      ["resource-opened"],
    ],
    [
      "a policy that the key had before",
      [
        change(
          "aws_kms_key",
          { id: "k", policy: document({ ...stranger, Resource: "*" }) },
          { id: "k", policy: document({ ...stranger, Resource: "*" }) },
          { actions: ["no-op"] },
        ),
        made("aws_kms_key_policy", { key_id: "k", policy: document({ ...stranger, Resource: "*" }) }),
      ],
      [],
    ],
    ["a policy that refuses plain HTTP", [policy(noHttp)], []],
    ["a policy of a new bucket, for a stranger", [bucket, policy(stranger)], []],
    [
      "a policy of a new bucket, for everybody by TLS",
      [bucket, policy({ ...everybody, ...secure })],
      ["resource-opened"],
    ],
    ["a policy of a new bucket, for every ARN", [bucket, policy({ ...everybody, ...anyArn })], ["resource-opened"]],
    ["a policy of a new bucket, for this account", [bucket, policy({ ...everybody, ...own })], []],
    [
      "a policy that is known only after the deployment",
      [{ ...made("aws_s3_bucket_policy", { bucket: "b" }), after_unknown: { policy: true } }],
      ["resource-opened"],
    ],
    ["an ACL", [made("aws_s3_bucket_acl", { bucket: "b", acl: "authenticated-read" })], ["bucket-opened"]],
    [
      "an ACL by its grants",
      [made("aws_s3_bucket_acl", { bucket: "b", access_control_policy: [{ grant: [everyone] }] })],
      ["bucket-opened"],
    ],
    ["a grant", [made("aws_kms_grant", { key_id: "k", grantee_principal: "r" })], ["resource-opened"]],
    [
      "a rule that deletes earlier versions",
      [
        made("aws_s3_bucket_lifecycle_configuration", {
          bucket: "b",
          rule: [{ status: "Enabled", noncurrent_version_expiration: [{ noncurrent_days: 1 }] }],
        }),
      ],
      ["backup-weakened"],
    ],
    [
      "a public access block that goes to another bucket",
      [
        change(
          "aws_s3_bucket_public_access_block",
          { bucket: "b", block_public_acls: true },
          { bucket: "c", block_public_acls: true },
          { actions: ["delete", "create"] },
        ),
      ],
      ["bucket-opened"],
    ],
    [
      "versions that Terraform only forgets",
      [{ type: "aws_s3_bucket_versioning", before: { bucket: "b" }, after: null, actions: ["forget"] }],
      [],
    ],
    [
      "guests of an identity pool",
      [
        change(
          "aws_cognito_identity_pool",
          { allow_unauthenticated_identities: false },
          { allow_unauthenticated_identities: true },
        ),
      ],
      ["sign-up-opened"],
    ],
    ["a role for a group", [change("aws_cognito_user_group", { role_arn: null }, { role_arn: "r" })], ["role-widened"]],
  ])("%s", (_, changes, rules) => {
    expect(rulesOf(changes)).toEqual(rules);
  });
});
