import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { CognitoIdentityProvider } from "@cdktf/provider-aws/lib/cognito-identity-provider";
import { FunctionCode } from "../../lib/function-code";
import { IdentityStack } from "../../lib/identity-stack";
import { UserPool, type UserPoolProps } from "../../lib/user-pool";
import { ROOT } from "../checkout";
import { EVERY_PROVIDER } from "../every-provider";
import { furtherPool, type Json, LOCAL, resource, staffPool, synthesize, testEnvironment } from "./synthesized";

const issuer = "https://login.example.org";
const clientSecret = { parameter: "/identity/test/company" };
const withOidc = (settings: object, name = "Company"): Pick<UserPoolProps, "identityProviders"> => ({
  identityProviders: { oidc: { [name]: { issuer, clientId: "pool", ...settings } } },
});
const local = { ...LOCAL, domainPrefix: "people" };
const domainPrefix = "people";

const every = staffPool({ identityProviders: EVERY_PROVIDER }, { domainPrefix });
const provider = (name: string, stack = every) =>
  resource(stack, "aws_cognito_identity_provider", `staff_provider-${name}`);
const ssm = (name: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{data\\.aws_ssm_parameter\\.staff_provider-${name}-secret_\\w+\\.value\\}$`));
const secret = (name: string) =>
  `data\\.aws_secretsmanager_secret_version\\.staff_provider-${name}-secret_\\w+\\.secret_string`;

describe("a provider that is made beside a pool", () => {
  const beside = (identityProviders?: object) => () =>
    synthesize((app) => {
      const environment = testEnvironment(local);
      const stack = new IdentityStack(app, "identity-test", environment);
      const code = new FunctionCode(stack, "more-code", { bucket: "code", packaging: "archive" });
      const pool = new UserPool(stack, "staff", { environment, code, signIn: "email", access: {}, identityProviders });
      const details = { client_id: "a", client_secret: "b", authorize_scopes: "openid" };
      const userPoolId = pool.userPoolId;
      const more = { providerName: "Google", providerType: "Google", providerDetails: details };
      new CognitoIdentityProvider(stack, "mine", { userPoolId, ...more });
      return stack;
    });

  it("is refused where the pool's functions would not know its people", () => {
    expect(beside()).toThrow(
      "identity-test/mine is an identity provider of the pool staff, which has no identityProviders",
    );
  });

  it("is accepted where the pool has the setting", () => {
    const { s3_key } = resource(beside({})(), "aws_lambda_function", "staff_pre-sign-up_");
    expect(s3_key).toMatch(/with-providers-pre-sign-up/);
  });
});

describe("a pool with a provider of each type", () => {
  it.each<[string, string, object, object]>([
    [
      "Google",
      "Google",
      { client_id: "1-a.apps.googleusercontent.com", client_secret: ssm("Google"), authorize_scopes: "openid email" },
      { username: "sub", email: "email", email_verified: "email_verified" },
    ],
    [
      "SignInWithApple",
      "SignInWithApple",
      {
        client_id: "org.example.sign-in",
        team_id: "TEAM567890",
        key_id: "KEY4567890",
        private_key: expect.stringMatching(
          new RegExp(
            `^\\$\\{replace\\(${secret("SignInWithApple")}, "/-----\\[A-Z \\]\\+-----\\|\\[\\[:space:\\]\\]/", ""\\)\\}$`,
          ),
        ),
        authorize_scopes: "email",
      },
      { username: "sub", email: "email", email_verified: "email_verified" },
    ],
    [
      "Facebook",
      "Facebook",
      { client_id: "1234567890", client_secret: ssm("Facebook"), authorize_scopes: "public_profile, email" },
      { username: "id", email: "email" },
    ],
    [
      "LoginWithAmazon",
      "LoginWithAmazon",
      {
        client_id: "amzn1.application-oa2-client.0123abcd",
        client_secret: expect.stringMatching(new RegExp(`^\\$\\{${secret("LoginWithAmazon")}\\}$`)),
        authorize_scopes: "profile",
      },
      { username: "user_id", email: "email" },
    ],
    [
      "Company",
      "OIDC",
      {
        client_id: "pool",
        client_secret: ssm("Company"),
        oidc_issuer: issuer,
        authorize_scopes: "openid email",
        attributes_request_method: "GET",
      },
      { username: "sub", email: "email", email_verified: "email_verified" },
    ],
    [
      "Partner",
      "SAML",
      {
        MetadataURL: "https://partner.example.org/metadata.xml",
        EncryptedResponses: "false",
        IDPInit: "false",
        IDPSignout: "true",
      },
      { email: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress" },
    ],
  ])("has %s as Cognito takes it", (name, type, details, mapping) => {
    expect(provider(name)).toMatchObject({ provider_name: name, provider_type: type, attribute_mapping: mapping });
    expect(provider(name).provider_details).toEqual(details);
  });

  it("has an app client that offers them all, by the code grant", () => {
    const client = resource(every, "aws_cognito_user_pool_client", "staff_");
    const names = Object.keys(every.resource.aws_cognito_identity_provider);
    expect(client.supported_identity_providers).toEqual([
      "COGNITO",
      ...names.map((name) => `\${aws_cognito_identity_provider.${name}.provider_name}`),
    ]);
    expect(client).toMatchObject({
      allowed_oauth_flows: ["code"],
      allowed_oauth_flows_user_pool_client: true,
      callback_urls: ["https://www.example.org/in"],
    });
  });

  it("reads the secrets when Terraform plans, and has none in its JSON", () => {
    const names = (type: string, key: string) => Object.values<Json>(every.data[type]).map((data) => data[key]);
    expect(names("aws_ssm_parameter", "name")).toEqual([
      "/identity/test/google",
      "/identity/test/facebook",
      "/identity/test/company",
    ]);
    expect(names("aws_secretsmanager_secret_version", "secret_id")).toEqual([
      "identity/test/apple",
      "identity/test/amazon",
    ]);
  });

  it("ignores only what AWS adds or keeps to itself, and is protected", () => {
    for (const made of Object.values<Json>(every.resource.aws_cognito_identity_provider)) {
      const { ignore_changes, prevent_destroy } = made.lifecycle;
      expect(prevent_destroy).toBe(true);
      const given = Object.keys(made.provider_details).map((detail) => `provider_details["${detail}"]`);
      const both = ignore_changes.filter((ignored: string) => given.includes(ignored));
      expect(both).toEqual(made.provider_type === "SignInWithApple" ? ['provider_details["private_key"]'] : []);
    }
  });

  it("can have the metadata of a SAML provider in a file", () => {
    const file = "__tests__/fixtures/saml-metadata.xml";
    const saml = {
      Partner: { metadataFile: file, attributes: { email: "mail" }, encrypted: true, signsRequests: true },
    };
    const details = provider("Partner", staffPool({ identityProviders: { saml } }, { domainPrefix })).provider_details;
    expect(details).toMatchObject({ EncryptedResponses: "true", RequestSigningAlgorithm: "rsa-sha256" });
    expect(details.MetadataFile).toContain("EntityDescriptor");
    expect(details.MetadataFile).toContain("$${not-terraform}");
  });
});

describe("in the local environment", () => {
  it("a provider needs no secret", () => {
    const made = furtherPool(withOidc({}), local);
    expect(provider("Company", made).provider_details).toEqual({
      client_id: "pool",
      oidc_issuer: issuer,
      authorize_scopes: "openid email",
      attributes_request_method: "GET",
    });
    expect(made.data?.aws_ssm_parameter).toBeUndefined();
    expect(made.provider.aws[0].endpoints[0]).not.toHaveProperty("ssm");
  });

  it("a secret is read in the local cloud, and never in AWS", () => {
    const { google, apple } = EVERY_PROVIDER;
    const [endpoints] = furtherPool({ identityProviders: { google, apple } }, local).provider.aws[0].endpoints;
    expect(endpoints).toMatchObject({ ssm: local.endpoint, secretsmanager: local.endpoint, lambda: local.endpoint });
  });
});

type Case = [string, object, string];
const refused =
  (settings: object, environment: object = { domainPrefix }) =>
  () =>
    staffPool(settings as Partial<UserPoolProps>, environment);

describe("a provider is refused in one sentence", () => {
  it.each<Case>([
    ["without openid", { scopes: ["email"] }, "staff.identityProviders.oidc.Company.scopes must have openid."],
    [
      "without TLS",
      { issuer: "http://login.example.org" },
      'staff.identityProviders.oidc.Company.issuer is "http://login.example.org", but it must be an address with https://.',
    ],
    [
      "on this machine, in AWS",
      { issuer: "http://localhost:4566/_provider" },
      'staff.identityProviders.oidc.Company.issuer is "http://localhost:4566/_provider", but it must be an address with https://.',
    ],
    [
      "in a private network",
      { issuer: "https://192.168.1.1/realms/a" },
      'staff.identityProviders.oidc.Company.issuer is "https://192.168.1.1/realms/a", which Cognito cannot reach: give the address of a public host.',
    ],
    [
      "at another port",
      { issuer: "https://login.example.org:8443/realms/a" },
      'staff.identityProviders.oidc.Company.issuer is "https://login.example.org:8443/realms/a", but Cognito reaches providers at ports 443 and 80 alone: give an address without a port.',
    ],
    [
      "whose issuer is no address",
      { issuer: "login" },
      'staff.identityProviders.oidc.Company.issuer is "login", but it must be an address with https://.',
    ],
    [
      "whose issuer has a space",
      { issuer: "https://login.example.org/a b" },
      'staff.identityProviders.oidc.Company.issuer is "https://login.example.org/a b", but it must be without spaces.',
    ],
    [
      "whose issuer has a password, which is not shown",
      { issuer: "https://me:secret@login.example.org" },
      "staff.identityProviders.oidc.Company.issuer must be without a user name, a query and a fragment.",
    ],
    [
      "without a secret, in AWS",
      { clientSecret: undefined },
      "staff.identityProviders.oidc.Company.clientSecret is missing: only the local environment can have a provider without a secret.",
    ],
    [
      "that writes what the app client may not",
      { attributes: { email: "email", name: "name" } },
      'staff.identityProviders.oidc.Company.attributes has "name", which is not in staff.clientAttributes, so every sign-in of such a person would fail: add it there, and people can change it with their own token; or take it out.',
    ],
    [
      "that writes the user name",
      { attributes: { email: "email", username: "sub" } },
      'staff.identityProviders.oidc.Company.attributes has "username", which is no attribute of this pool: the names on the left are address, birthdate, email, family_name, gender, given_name, locale, middle_name, name, nickname, phone_number, picture, preferred_username, profile, updated_at, website, zoneinfo, email_verified, phone_number_verified, or custom:<name> with the name in staff.customAttributes. Cognito itself takes the user name from the provider\'s name for a person.',
    ],
    [
      "that says of a missing address whether it is verified",
      { attributes: { email: "email", phone_number_verified: "v" } },
      'staff.identityProviders.oidc.Company.attributes has "phone_number_verified" without "phone_number": map both, or neither.',
    ],
    [
      "without the address that people need",
      { attributes: {} },
      'staff.identityProviders.oidc.Company.attributes has no "email", which people of this pool need, so every first sign-in would fail: map it.',
    ],
  ])("%s", (_, settings, sentence) => {
    expect(refused(withOidc({ clientSecret, ...settings }))).toThrow(new Error(sentence));
  });

  const google = EVERY_PROVIDER.google;
  it.each<Case>([
    [
      "in an anonymous pool",
      {
        signIn: "username",
        triggers: { preSignUp: { autoConfirm: "everyone", anonymous: true } },
        identityProviders: { google },
      },
      "staff.identityProviders.google is there, but a provider says who people are: the pool is anonymous.",
    ],
    [
      "with the name of another one, in another case",
      {
        identityProviders: {
          oidc: { Company: { issuer, clientId: "pool", clientSecret } },
          saml: { company: { metadataUrl: "https://a.example/m", attributes: { email: "mail" } } },
        },
      },
      "staff.identityProviders has oidc.Company and saml.company, whose people would have the same user names: give one of them another name.",
    ],
    [
      "of SAML without metadata",
      { identityProviders: { saml: { Partner: { attributes: { email: "mail" } } } } },
      "staff.identityProviders.saml.Partner must have one of metadataUrl and metadataFile: that is how Cognito knows the provider.",
    ],
    [
      "a SAML provider in a private network",
      {
        identityProviders: { saml: { Partner: { metadataUrl: "https://10.0.0.1/m", attributes: { email: "mail" } } } },
      },
      'staff.identityProviders.saml.Partner.metadataUrl is "https://10.0.0.1/m", which Cognito cannot reach: give the address of a public host.',
    ],
    [
      "of SAML whose address has a password, which is not shown",
      {
        identityProviders: { saml: { Partner: { metadataUrl: "https://me:secret@a.example/m", attributes: {} } } },
      },
      "staff.identityProviders.saml.Partner.metadataUrl must be without a user name and a fragment.",
    ],
    [
      "of SAML with a file that is not there",
      { identityProviders: { saml: { Partner: { metadataFile: "a.xml", attributes: { email: "mail" } } } } },
      'identityProviders.saml.Partner.metadataFile is "a.xml", which cannot be read (ENOENT): name the file with the provider\'s SAML metadata, from the folder of the checkout.',
    ],
    [
      "of SAML with a file of something else",
      { identityProviders: { saml: { Partner: { metadataFile: "package.json", attributes: { email: "mail" } } } } },
      'identityProviders.saml.Partner.metadataFile is "package.json", which has no EntityDescriptor: name the file with the provider\'s SAML metadata.',
    ],
    [
      "that proves no address, where only proven ones are let in",
      { access: { allowedDomains: ["example.org"] }, identityProviders: { facebook: EVERY_PROVIDER.facebook } },
      "staff.identityProviders.facebook says of no address whether it is verified, and staff.access.allowedDomains lets in only people with a verified address: map email_verified in its attributes, or leave out one of the two.",
    ],
    [
      "where pre sign-up verifies every address",
      {
        identityProviders: { google },
        triggers: { preSignUp: { autoVerify: ["email"], takeOverGuard: "skip", confirmWithoutProof: true } },
      },
      "staff.triggers.preSignUp.autoVerify would mark addresses as verified that people of staff.identityProviders.google never proved: leave out one of the two.",
    ],
  ])("%s", (_, settings, sentence) => {
    expect(refused(settings)).toThrow(new Error(sentence));
  });

  it.each<[keyof typeof EVERY_PROVIDER, string[], string]>([
    ["google", ["openid", "profile"], "email"],
    ["apple", ["name"], "email"],
    ["facebook", ["public_profile"], "email"],
    ["amazon", ["postal_code"], "profile"],
  ])("%s, where it would never give the address", (path, scopes, scope) => {
    const asked = { ...EVERY_PROVIDER[path], scopes };
    expect(refused({ identityProviders: { [path]: asked } })).toThrow(
      new Error(
        `staff.identityProviders.${path}.attributes has "email", which the provider gives only with the scope "${scope}": add that to scopes, or take "email" out.`,
      ),
    );
  });

  it("of SAML with the metadata of a whole federation", () => {
    const folder = mkdtempSync(join(tmpdir(), "metadata-"));
    writeFileSync(join(folder, "all.xml"), "<EntityDescriptor />".repeat(7000));
    const metadataFile = relative(ROOT, join(folder, "all.xml"));
    const saml = { Partner: { metadataFile, attributes: { email: "mail" } } };
    try {
      expect(refused({ identityProviders: { saml } })).toThrow(
        new Error(
          `identityProviders.saml.Partner.metadataFile is "${metadataFile}", which has 140000 characters, but Cognito takes 131072 at most: leave out the other providers that it describes, or give metadataUrl.`,
        ),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("without a domain", () => {
    expect(refused({ identityProviders: { google } }, {})).toThrow(
      new Error(
        "staff.identityProviders.google needs a domain, where people sign in: set environments.test.domainPrefix or staff.customDomain.",
      ),
    );
  });

  it("with a secret that CI may not read", () => {
    const environment = { domainPrefix, ci: { repository: "example/accounts" } };
    const sentence =
      'staff.identityProviders reads {"parameter":"/identity/test/google"}, which CI may not: set the providers in environments.test.identityProviders, and give them to the pool from there.';
    expect(refused({ identityProviders: { google } }, environment)).toThrow(new Error(sentence));
    expect(refused({ identityProviders: { google } }, { ...environment, identityProviders: { google } })).not.toThrow();
  });

  it("with CI, which has no right for it", () => {
    const saml = { Partner: { metadataUrl: "https://a.example/m", attributes: { email: "mail" } } };
    const environment = { domainPrefix, ci: { repository: "example/accounts" } };
    expect(refused({ identityProviders: { saml } }, environment)).toThrow(
      new Error(
        "staff.identityProviders has providers, which CI may neither look at nor make: set them in environments.test.identityProviders, and give them to the pool from there.",
      ),
    );
    expect(refused({ identityProviders: { saml } }, { ...environment, identityProviders: { saml } })).not.toThrow();
    expect(refused({ identityProviders: {} }, environment)).not.toThrow();
  });

  it.each(["Google", "COGNITO", "loginwithamazon", "a", "with_underscore", "with space"])(
    "with the name %j",
    (name) => {
      expect(refused(withOidc({ clientSecret }, name))).toThrow("identityProviders.oidc");
    },
  );
});

describe("a secret in the settings is refused, and is not in the sentence", () => {
  const pem =
    "-----BEGIN PRIVATE KEY-----\nMIGTAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBHkwdwIBAQQg\n-----END PRIVATE KEY-----";
  const where = (setting: string) =>
    `staff.identityProviders.${setting} must say where the secret is, and never be the secret: { parameter: "/app/name" } of SSM, or { secret: "app/name" } of Secrets Manager.`;

  it.each<[string, unknown]>([
    ["as a text", "GOCSPX-abcdefghijklmnop"],
    ["of Google, as a name", { secret: "GOCSPX-abcdefghijklmnop" }],
    ["of Facebook, as a name", { secret: "0123456789abcdef0123456789abcdef" }],
    ["of Amazon, as a name", { parameter: "amzn1.oa2-cs.v1.0123456789abcdef" }],
    ["of Entra, as a name", { secret: "abc8Q~Zk.aBcDeFgHiJkLmNoPqRsTuVwXyZ0123" }],
    ["of Apple, as a name", { secret: pem }],
    ["of Apple, without its frame", { secret: `MIGT/${"Ag/EAMBMGByqGSM49".repeat(12)}` }],
    ["of base64, as a name", { parameter: "/abc+/def==" }],
    ["under another name", { value: "GOCSPX-abcdefghijklmnop" }],
    ["in both places", { parameter: "/a/b", secret: "a/b" }],
    ["that is missing", undefined],
  ])("%s", (_, secretGiven) => {
    const google = { ...EVERY_PROVIDER.google, clientSecret: secretGiven };
    expect(refused({ identityProviders: { google } })).toThrow(new Error(where("google.clientSecret")));
  });

  it("as an id", () => {
    const google = { ...EVERY_PROVIDER.google, clientId: "GOCSPX-abcdefghijklmnop" };
    expect(refused({ identityProviders: { google } })).toThrow(
      new Error("staff.identityProviders.google.clientId must be an id that ends in .apps.googleusercontent.com."),
    );
  });
});

describe("the domain of a pool", () => {
  const certificateArn = "arn:aws:acm:us-east-1:111111111111:certificate/0a1b-2c";
  const customDomain = { name: "auth.example.org", certificateArn };
  const domains = (stack: Json) =>
    Object.entries<Json>(stack.resource.aws_cognito_user_pool_domain ?? {})
      .filter(([id]) => id.startsWith("staff_"))
      .map(([, { domain, certificate_arn, managed_login_version }]) => [
        domain,
        certificate_arn,
        managed_login_version,
      ]);

  it("is one of Cognito's, one of your own, or both", () => {
    expect(domains(staffPool({}, { domainPrefix }))).toEqual([["people-staff", undefined, undefined]]);
    expect(domains(staffPool({ customDomain }))).toEqual([["auth.example.org", certificateArn, undefined]]);
    expect(domains(staffPool({ customDomain }, { domainPrefix }))).toHaveLength(2);
    expect(domains(staffPool({}))).toEqual([]);
  });

  it("can be a custom one for a provider", () => {
    expect(refused({ customDomain, identityProviders: { google: EVERY_PROVIDER.google } }, {})).not.toThrow();
  });

  it("has managed login only if that is complete", () => {
    const managed = { managedLogin: { branded: true }, tier: "ESSENTIALS" } as const;
    expect(domains(staffPool(managed, { domainPrefix }))).toEqual([["people-staff", undefined, 2]]);
  });

  const name = "staff.customDomain.name";
  it.each<[string, object, object, string]>([
    [
      "a certificate elsewhere",
      { customDomain: { ...customDomain, certificateArn: certificateArn.replace("us-east-1", "eu-west-1") } },
      {},
      "but it must be the ARN of a certificate of ACM in us-east-1, where Cognito looks for it in every Region.",
    ],
    [
      "a certificate of another account",
      { customDomain: { ...customDomain, certificateArn: certificateArn.replace("1111111111", "3333333333") } },
      {},
      "but Cognito takes a certificate of its own account 111111111111 alone.",
    ],
    [
      "no certificate",
      { customDomain: { name: "auth.example.org" } },
      {},
      "staff.customDomain.certificateArn is missing",
    ],
    ["a domain without one above it", { customDomain: { ...customDomain, name: "example.org" } }, {}, name],
    ["an address", { customDomain: { ...customDomain, name: "https://auth.example.org" } }, {}, name],
    ["Cognito's own", { customDomain: { ...customDomain, name: "a.auth.eu-west-1.amazoncognito.com" } }, {}, name],
    [
      "a domain that CI may not make",
      { customDomain },
      { ci: { repository: "example/accounts" } },
      "staff.customDomain is there, but CI may make a domain only where the environment has one: set environments.test.customDomain, and give it to the pool from there.",
    ],
    ["a domain in the local cloud", { customDomain }, local, "the local cloud has no domains of others: leave it out."],
    [
      "managed login without a branding",
      { managedLogin: {}, tier: "ESSENTIALS" },
      { domainPrefix },
      "staff.managedLogin.branded is missing: it must be true, once you have made a branding style",
    ],
    [
      "managed login in the tier LITE",
      { managedLogin: { branded: true } },
      { domainPrefix },
      'staff.managedLogin needs staff.tier "ESSENTIALS" or "PLUS": the tier LITE has the classic hosted pages alone.',
    ],
    [
      "managed login without a domain",
      { managedLogin: { branded: true }, tier: "PLUS" },
      {},
      "staff.managedLogin is about the pages of a domain, and this pool has none: set environments.test.domainPrefix or staff.customDomain.",
    ],
  ])("is refused with %s", (_, settings, environment, sentence) => {
    expect(refused(settings, environment)).toThrow(sentence);
  });
});

describe("a pool without a provider", () => {
  it.each([{}, { identityProviders: {} }])("offers its own users alone, and has nothing more: %j", (settings) => {
    const stack = furtherPool(settings, local);
    expect(resource(stack, "aws_cognito_user_pool_client", "staff_").supported_identity_providers).toEqual(["COGNITO"]);
    expect(stack).toEqual(furtherPool({}, local));
    const types = [...Object.keys(stack.resource), ...Object.keys(stack.data)];
    expect(types.filter((type) => /identity_provider|ssm|secretsmanager/.test(type))).toEqual([]);
  });
});
