import type { PreSignUpSettings } from "../../functions/pre-sign-up/settings";
import type { UserPoolProps } from "../../lib/user-pool";
import { EVERY_PROVIDER } from "../every-provider";
import { statementsOf } from "./policies";
import { address, furtherPool, identityStack, LOCAL, resource, staffPool } from "./synthesized";

type Linking = PreSignUpSettings["linking"];
const local = { ...LOCAL, domainPrefix: "people" };
const provider = { issuer: "https://login.example.org", clientId: "pool" };
const identityProviders = { oidc: { Company: provider } };
const company = { addresses: "every-address", subjects: "lower-case" } as const;
const trust = { oidc: { Company: company } };
const made = (linking: Linking, more: Partial<UserPoolProps> = {}, preSignUp: PreSignUpSettings = {}) =>
  staffPool(
    { identityProviders, ...more, triggers: { ...more.triggers, preSignUp: { linking, ...preSignUp } } },
    local,
  );
const settingsOf = (stack: ReturnType<typeof made>, pool = "staff") =>
  JSON.parse(resource(stack, "aws_lambda_function", `${pool}_pre-sign-up_`).environment.variables.SETTINGS);

it("gives the function the rule, what people sign in with, and the rights, on its own pool alone", () => {
  const stack = made({ trust });
  expect(settingsOf(stack)).toMatchObject({
    signIn: "email",
    linking: {
      otherwise: "separate",
      trust: { google: { domains: ["gmail.com"] }, apple: "no-address", facebook: "no-address", oidc: trust.oidc },
    },
  });
  const { policy } = resource(stack, "aws_iam_role_policy", "staff_pre-sign-up_link-people_");
  expect(statementsOf(stack, policy)).toEqual([
    {
      Effect: "Allow",
      Action: [
        "cognito-idp:AdminGetUser",
        "cognito-idp:ListUsers",
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminSetUserPassword",
        "cognito-idp:AdminLinkProviderForUser",
        "cognito-idp:AdminDisableProviderForUser",
      ],
      Resource: expect.stringMatching(/^\$\{aws_cognito_user_pool\.staff_pool_\w+\.arn\}$/),
    },
  ]);
});

it("is code of its own, which pools without it do not run", () => {
  const stack = furtherPool({ identityProviders, triggers: { preSignUp: { linking: { trust } } } }, local);
  const codeOf = (pool: string) => resource(stack, "aws_lambda_function", `${pool}_pre-sign-up_`).s3_key;
  const key = (code: string) => `\${${address(stack, "aws_s3_object", code)}.key}`;
  expect(codeOf("staff")).toBe(key("more-code_with-providers-pre-sign-up-with-linking_"));
  expect(codeOf("anonymous")).toBe(key("code_pre-sign-up_"));
});

it.each([
  [{ identityProviders, access: {} }, "with-providers-pre-authentication"],
  [{ identityProviders: {}, access: {} }, "with-providers-pre-authentication"],
  [{ access: {} }, "pre-authentication"],
])("reads access with code for providers where the pool has identityProviders: %j", (settings, code) => {
  const stack = staffPool(settings, local);
  const { s3_key } = resource(stack, "aws_lambda_function", "staff_pre-authentication_");
  expect(s3_key).toBe(`\${${address(stack, "aws_s3_object", `more-code_${code}_`)}.key}`);
});

it("costs nothing where it is not set", () => {
  const stack = identityStack();
  expect(JSON.stringify(stack)).not.toMatch(/link-people|linking|AdminLinkProvider/);
  expect(settingsOf(stack, "verified")).not.toHaveProperty("signIn");
});

it.each<[string, Linking, Partial<UserPoolProps>, PreSignUpSettings, string]>([
  ["without a provider", {}, { identityProviders: undefined }, {}, "the pool has none"],
  [
    "in an anonymous pool",
    { trust },
    { signIn: "username" },
    { anonymous: true, autoConfirm: "everyone" },
    "anonymous refuses",
  ],
  ["where people have no address", { trust }, { signIn: "username" }, {}, "this pool verifies none"],
  [
    "where a number alone is verified",
    { trust },
    { signIn: "username-or-alias", verifies: ["phone_number"] },
    {},
    "this pool verifies none",
  ],
  [
    "with addresses that are verified without proof",
    { trust },
    {},
    { autoVerify: ["email"], takeOverGuard: "refuse" },
    'autoVerify marks "email" as verified without proof',
  ],
  [
    "with an OIDC provider that is not there",
    { trust: { oidc: { Other: company } } },
    {},
    {},
    "trust.oidc.Other trusts Other",
  ],
  [
    "with a SAML provider that is not there",
    { trust: { saml: { Company: company } } },
    {},
    {},
    "trust.saml.Company trusts",
  ],
  ["with Apple, which is not there", { trust: { apple: "every-address" } }, {}, {}, "trust.apple trusts apple"],
  [
    "with a provider that says of no address whether it is verified",
    { trust: { ...trust, amazon: "every-address" } },
    { identityProviders: { ...identityProviders, amazon: EVERY_PROVIDER.amazon } },
    {},
    'trust.amazon could never link anybody, because no claim of the provider is mapped to "email_verified"',
  ],
  [
    "with a company's provider of the same kind",
    { trust },
    { identityProviders: { oidc: { Company: { ...provider, attributes: { email: "email" } } } } },
    {},
    "trust.oidc.Company could never link anybody",
  ],
  [
    "with Google, trusted for domains that nobody may come from",
    { trust },
    {
      identityProviders: { ...identityProviders, google: EVERY_PROVIDER.google },
      access: { allowedDomains: ["company.org"] },
    },
    {},
    'linking.trust.google is {"domains":["gmail.com"]}, but access lets nobody in with such an address',
  ],
  [
    "with a provider that is trusted for a denied domain alone",
    { trust: { oidc: { Company: { ...company, addresses: { domains: ["company.org"] } } } } },
    { access: { deniedDomains: ["company.org"] } },
    {},
    "linking.trust.oidc.Company.addresses is",
  ],
  [
    "with one domain twice",
    { trust: { oidc: { Company: { ...company, addresses: { domains: ["company.org", "COMPANY.org"] } } } } },
    {},
    {},
    'linking.trust.oidc.Company.addresses.domains has "company.org" and "COMPANY.org", which are one domain',
  ],
  [
    "with a subject that is not mapped",
    { trust: { oidc: { Company: { ...company, subjects: "custom:subject" } } } },
    {},
    {},
    'subjects is "custom:subject", but the provider\'s subject is not mapped to it',
  ],
  [
    "with a subject that is mapped from something else",
    { trust: { oidc: { Company: { ...company, subjects: "custom:subject" } } } },
    {
      identityProviders: {
        oidc: {
          Company: {
            ...provider,
            attributes: { email: "email", email_verified: "email_verified", "custom:subject": "nickname" },
          },
        },
      },
      customAttributes: ["subject"],
      clientAttributes: ["email", "custom:subject"],
    },
    {},
    'identityProviders.oidc.Company.attributes as "sub"',
  ],
  [
    "with user names longer than those that it makes",
    { trust },
    { signIn: "username-or-alias" },
    { minimumUserNameLength: 40 },
    "minimumUserNameLength is 40, but a newcomer from a provider gets a user name of 36 characters",
  ],
  ["that refuses everybody of a provider", { otherwise: "refuse" }, {}, {}, "Company is trusted for no address"],
  [
    "with two providers that differ in capitals alone",
    { trust },
    { identityProviders: { oidc: { Company: provider, COMPANY: provider } } },
    {},
    "has oidc.Company and oidc.COMPANY, whose people would have the same user names",
  ],
  [
    "with post confirmation",
    { trust },
    { triggers: { postConfirmation: { group: "members" } } },
    {},
    "does not run triggers.postConfirmation",
  ],
  [
    "with a trust that there is not",
    { trust: { google: "all" as never } },
    {},
    {},
    'must be "no-address", "every-address" or { domains: [...] }',
  ],
  ["with a domain that is none", { trust: { google: { domains: ["gmail"] } } }, {}, {}, "must be"],
  [
    "without subjects",
    { trust: { oidc: { Company: { addresses: "every-address" } as never } } },
    {},
    {},
    "subjects is missing",
  ],
  ["with a misspelt name", { trusts: {} } as never, {}, {}, 'has no setting "trusts"'],
])("%s is refused in one sentence", (_, linking, more, preSignUp, sentence) => {
  expect(() => made(linking, more, preSignUp)).toThrow(sentence);
});

it("takes a subject from an attribute that it is mapped to", () => {
  const attributes = { email: "email", email_verified: "email_verified", "custom:subject": "sub" };
  const stack = made(
    { trust: { oidc: { Company: { ...company, subjects: "custom:subject" } } } },
    {
      identityProviders: { oidc: { Company: { ...provider, attributes } } },
      customAttributes: ["subject"],
      clientAttributes: ["email", "custom:subject"],
    },
  );
  expect(settingsOf(stack).linking.trust.oidc.Company.subjects).toBe("custom:subject");
});

describe("user names that people from providers get", () => {
  const signUp = (props: Partial<UserPoolProps>) => {
    const made = Object.keys(staffPool(props, local).resource.aws_lambda_function ?? {});
    if (!made.some((id) => id.startsWith("staff_pre-sign-up_"))) return undefined;
    const fn = resource(staffPool(props, local), "aws_lambda_function", "staff_pre-sign-up_");
    return JSON.parse(fn.environment.variables.SETTINGS).providers;
  };
  const { google, oidc } = EVERY_PROVIDER;

  it.each(["username", "username-or-alias"] as const)(
    "are refused by pre sign-up where people choose: %s",
    (signIn) => {
      const clientAttributes = ["email", "name"];
      expect(signUp({ signIn, clientAttributes, identityProviders: { google, oidc } })).toEqual(["Google", "Company"]);
    },
  );

  it.each([
    { signIn: "email", identityProviders: { google } },
    { signIn: "username", identityProviders: {} },
    { signIn: "username" },
    { signIn: "username", selfSignUp: false, clientAttributes: ["email"], identityProviders: { google } },
  ] as const)("turn no trigger on with %j", (props) => {
    expect(signUp(props as Partial<UserPoolProps>)).toBeUndefined();
  });
});
