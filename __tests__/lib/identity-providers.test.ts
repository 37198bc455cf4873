import type { UserPoolProps } from "../../lib/user-pool";
import { LOCAL, resource, staffPool } from "./synthesized";

const issuer = "https://login.example.org";
const withOidc = (settings: object, name = "Company"): Pick<UserPoolProps, "identityProviders"> => ({
  identityProviders: { oidc: { [name]: { issuer, clientId: "pool", ...settings } } },
});
const local = { ...LOCAL, domainPrefix: "people" };
const made = (settings: object, environment: object = local) => staffPool({ ...withOidc(settings) }, environment);

describe("a pool with an OIDC provider", () => {
  it("has it as the settings say, and its app client offers it", () => {
    const stack = made({});
    expect(resource(stack, "aws_cognito_identity_provider", "staff_")).toMatchObject({
      provider_name: "Company",
      provider_type: "OIDC",
      provider_details: {
        client_id: "pool",
        oidc_issuer: issuer,
        authorize_scopes: "openid email",
        attributes_request_method: "GET",
      },
      attribute_mapping: { username: "sub", email: "email", email_verified: "email_verified" },
    });
    expect(resource(stack, "aws_cognito_user_pool_client", "staff_").supported_identity_providers).toEqual([
      "COGNITO",
      expect.stringMatching(/^\$\{aws_cognito_identity_provider\.staff_.*\.provider_name\}$/),
    ]);
  });

  it.each<[string, object, object, string]>([
    ["outside the local environment", {}, { domainPrefix: "people" }, "is only for the local environment."],
    ["without a domain", {}, LOCAL, "staff.identityProviders.oidc.Company needs environments.local.domainPrefix"],
    ["without openid", { scopes: ["email"] }, local, "staff.identityProviders.oidc.Company.scopes must have openid."],
    ["without TLS", { issuer: "http://login.example.org" }, local, "must be an address with https://"],
    ["that is no address", { issuer: "login" }, local, "must be an address with https://"],
    ["that writes what the app client may not", { attributes: { name: "name" } }, local, 'attributes has "name"'],
  ])("%s is refused in one sentence", (_, settings, environment, sentence) => {
    expect(() => made(settings, environment)).toThrow(sentence);
  });

  it.each(["Google", "COGNITO", "a", "with_underscore", "with space"])("may not have the name %j", (name) => {
    expect(() => staffPool(withOidc({}, name), local)).toThrow("identityProviders.oidc");
  });
});

it("a pool without a provider offers its own users alone", () => {
  const stack = staffPool({}, local);
  expect(resource(stack, "aws_cognito_user_pool_client", "staff_").supported_identity_providers).toEqual(["COGNITO"]);
});

it("an anonymous pool has none", () => {
  const anonymous = {
    signIn: "username",
    clientAttributes: undefined,
    triggers: { preSignUp: { autoConfirm: "everyone", anonymous: true } },
  } as const;
  expect(() => staffPool({ ...anonymous, ...withOidc({}) }, local)).toThrow("the pool is anonymous.");
});
