import { TRIGGERS } from "../../lib/triggers";
import { ALL_TRIGGERS, SES_MAIL } from "../all-triggers";
import { address, identityStack, resource, staffPool } from "./synthesized";

const POOL = "aws_cognito_user_pool";
const CLIENT = "aws_cognito_user_pool_client";
const stack = identityStack();

const passwords = {
  minimum_length: 12,
  require_lowercase: false,
  require_numbers: false,
  require_symbols: false,
  require_uppercase: false,
  temporary_password_validity_days: 7,
};

describe("the verified pool", () => {
  it("is exactly the ordinary pool of the specification", () => {
    expect(resource(stack, POOL, "verified_")).toEqual({
      name: "identity-test-verified",
      username_attributes: ["email"],
      auto_verified_attributes: ["email"],
      schema: [
        {
          name: "email",
          attribute_data_type: "String",
          required: true,
          mutable: true,
          developer_only_attribute: false,
          string_attribute_constraints: { min_length: "0", max_length: "2048" },
        },
      ],
      user_attribute_update_settings: { attributes_require_verification_before_update: ["email"] },
      account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] },
      email_configuration: { email_sending_account: "COGNITO_DEFAULT" },
      password_policy: passwords,
      mfa_configuration: "OFF",
      user_pool_tier: "LITE",
      username_configuration: { case_sensitive: false },
      admin_create_user_config: { allow_admin_create_user_only: false },
      lambda_config: {
        pre_sign_up: `\${${address(stack, "aws_lambda_function", "verified_pre-sign-up")}.arn}`,
        pre_authentication: `\${${address(stack, "aws_lambda_function", "verified_pre-authentication")}.arn}`,
        pre_token_generation: `\${${address(stack, "aws_lambda_function", "verified_pre-token-generation")}.arn}`,
      },
      deletion_protection: "ACTIVE",
      lifecycle: { prevent_destroy: true },
    });
  });

  it("mails through the SES identity of its environment", () => {
    const identityArn = "arn:aws:ses:eu-west-1:111111111111:identity/example.org";
    const mail = { sender: "ses" as const, identityArn, from: "Us <us@example.org>" };
    expect(resource(identityStack({ mail }), POOL, "verified_").email_configuration).toEqual({
      email_sending_account: "DEVELOPER",
      source_arn: identityArn,
      from_email_address: "Us <us@example.org>",
    });
  });
});

it("lets answers to mails go to the environment's address, also to those that functions send", () => {
  const mail = { ...SES_MAIL, replyTo: "help@example.com" };
  const { triggers } = ALL_TRIGGERS;
  const withReply = staffPool({ ...ALL_TRIGGERS, triggers }, { mail });
  expect(resource(withReply, POOL, "staff_").email_configuration).toMatchObject({
    reply_to_email_address: "help@example.com",
  });
  const settingsOf = (stack: typeof withReply, folder: string) =>
    JSON.parse(resource(stack, "aws_lambda_function", `staff_${folder}`).environment.variables.SETTINGS);
  const without = staffPool(ALL_TRIGGERS, { mail: SES_MAIL });
  for (const folder of ["custom-auth", "custom-email-sender"]) {
    expect(settingsOf(withReply, folder)).toMatchObject({ replyTo: "help@example.com" });
    expect(settingsOf(without, folder)).not.toHaveProperty("replyTo");
  }
});

describe("the anonymous pool", () => {
  it("is exactly the pool of the specification that knows nobody", () => {
    expect(resource(stack, POOL, "anonymous_")).toEqual({
      name: "identity-test-anonymous",
      account_recovery_setting: { recovery_mechanism: [{ name: "admin_only", priority: 1 }] },
      password_policy: passwords,
      mfa_configuration: "OFF",
      user_pool_tier: "LITE",
      username_configuration: { case_sensitive: false },
      admin_create_user_config: { allow_admin_create_user_only: false },
      lambda_config: {
        pre_sign_up: `\${${address(stack, "aws_lambda_function", "anonymous_pre-sign-up")}.arn}`,
      },
      deletion_protection: "ACTIVE",
      lifecycle: { prevent_destroy: true },
    });
  });
});

it.each([
  ["verified", ["email"]],
  ["anonymous", ["updated_at"]],
])("the client of the %s pool is exactly as specified, with explicit attributes", (pool, attributes) => {
  expect(resource(stack, CLIENT, `${pool}_`)).toEqual({
    name: `identity-test-${pool}`,
    user_pool_id: `\${${address(stack, POOL, `${pool}_`)}.id}`,
    generate_secret: false,
    explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
    prevent_user_existence_errors: "ENABLED",
    read_attributes: attributes,
    write_attributes: attributes,
    supported_identity_providers: ["COGNITO"],
    allowed_oauth_flows_user_pool_client: true,
    allowed_oauth_flows: ["code"],
    allowed_oauth_scopes: ["openid", "profile"],
    callback_urls: ["https://www.example.org/in"],
    logout_urls: ["https://www.example.org/out"],
    access_token_validity: 1,
    id_token_validity: 1,
    refresh_token_validity: 30,
    token_validity_units: [{ access_token: "hours", id_token: "hours", refresh_token: "days" }],
    auth_session_validity: 3,
    enable_token_revocation: true,
    lifecycle: { prevent_destroy: true },
  });
});

it("gives each pool its own domain where the environment has a prefix", () => {
  const withDomain = identityStack({ domainPrefix: "people" });
  expect(resource(withDomain, "aws_cognito_user_pool_domain", "verified_").domain).toBe("people-verified");
  expect(resource(withDomain, "aws_cognito_user_pool_domain", "anonymous_").domain).toBe("people-anonymous");
  expect(stack.resource.aws_cognito_user_pool_domain).toBeUndefined();
});

describe("a pool's settings", () => {
  it("turns on one-time passwords, plan and lifetimes", () => {
    const synthesized = staffPool({
      mfa: "OPTIONAL",
      tier: "PLUS",
      passwordLength: 16,
      tokens: { refreshDays: 1 },
    });
    expect(resource(synthesized, POOL, "staff_")).toMatchObject({
      mfa_configuration: "OPTIONAL",
      software_token_mfa_configuration: { enabled: true },
      user_pool_tier: "PLUS",
      password_policy: { minimum_length: 16 },
    });
    expect(resource(synthesized, CLIENT, "staff_")).toMatchObject({
      refresh_token_validity: 1,
      id_token_validity: 1,
    });
  });

  it("lets administrators alone create users", () => {
    expect(resource(staffPool({ selfSignUp: false }), POOL, "staff_").admin_create_user_config).toEqual({
      allow_admin_create_user_only: true,
    });
  });

  it("asks a password for kinds of characters", () => {
    const { password_policy } = resource(staffPool({ passwordNeeds: ["uppercase", "symbols"] }), POOL, "staff_");
    expect(password_policy).toEqual({ ...passwords, require_uppercase: true, require_symbols: true });
  });

  it("gives each token a lifetime in minutes, beside others in Cognito's usual unit", () => {
    const tokens = { accessMinutes: 5, idMinutes: 10, refreshDays: 2 };
    expect(resource(staffPool({ tokens }), CLIENT, "staff_")).toMatchObject({
      access_token_validity: 5,
      id_token_validity: 10,
      refresh_token_validity: 2,
      token_validity_units: [{ access_token: "minutes", id_token: "minutes", refresh_token: "days" }],
    });
    expect(resource(staffPool({ tokens: { refreshMinutes: 90 } }), CLIENT, "staff_")).toMatchObject({
      access_token_validity: 1,
      refresh_token_validity: 90,
      token_validity_units: [{ access_token: "hours", id_token: "hours", refresh_token: "minutes" }],
    });
  });

  it("say that there is no trigger, since a block left out means as it was", () => {
    expect(resource(staffPool({}), POOL, "staff_").lambda_config).toEqual({});
  });

  it.each<[string, object, string]>([
    [
      "sign-in",
      { signIn: "phone" },
      'staff.signIn is "phone", but it must be "email" or "username" or "username-or-alias".',
    ],
    ["a short password", { passwordLength: 8 }, "staff.passwordLength is 8, but it must be 12 or more."],
    ["the wrong type", { passwordLength: "12" }, 'staff.passwordLength is "12", but it must be a number.'],
    ["half a day", { tokens: { refreshDays: 0.5 } }, "staff.tokens.refreshDays is 0.5, but it must be a whole number."],
    [
      "no attribute",
      { clientAttributes: [] },
      "staff.clientAttributes is [], but it must name one attribute at least, since an empty list means all.",
    ],
    [
      "a trigger's value",
      { triggers: { preSignUp: { autoConfirm: "some" } } },
      'staff.triggers.preSignUp.autoConfirm is "some", but it must be "nobody", "everyone", "custom:domain" or { registeredDomains: [...] }.',
    ],
    [
      "a misspelt setting",
      { triggers: { preSignUp: { autoConfrim: "everyone" } } },
      `staff.triggers.preSignUp has no setting "autoConfrim"; allowed are ${Object.keys(TRIGGERS.preSignUp.settings.shape).join(", ")}.`,
    ],
    [
      "a domain",
      { access: { deniedDomains: ["me@example.com"] } },
      'staff.access.deniedDomains.0 is "me@example.com", but it must be a domain such as example.com.',
    ],
  ])("are refused in one sentence: %s", (_, props, sentence) => {
    expect(() => staffPool(props)).toThrow(new Error(sentence));
  });

  it("are refused when Lambda could not hold them", () => {
    const deniedDomains = Array.from({ length: 300 }, (_, index) => `domain-${index}.example`);
    expect(() => staffPool({ access: { deniedDomains } })).toThrow(/take \d+ bytes, but Lambda holds 4096/);
  });

  it("are refused when Lambda could not hold them once the ARN of a key is known", () => {
    const deniedDomains = Array.from({ length: 147 }, (_, index) => `domain-${1000 + index}.example.org`);
    const triggers = { customEmailSender: { through: { service: "ses" } } } as const;
    const pool = () =>
      staffPool({ access: { deniedDomains }, messages: { appName: "Example" }, triggers }, { mail: SES_MAIL });
    expect(pool).toThrow(/staff-custom-email-sender take 41\d\d bytes, but Lambda holds 4096/);
  });
});
