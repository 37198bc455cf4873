import { App } from "cdktf";
import type { EnvironmentSettings } from "../../lib/environments";
import { IdentityStack } from "../../lib/identity-stack";
import { checkLocks, locksOf } from "../../lib/locks";
import { EVERY_PROVIDER } from "../every-provider";
import { LOCAL, testEnvironment } from "./synthesized";

const { google, oidc } = EVERY_PROVIDER;
type Providers = NonNullable<EnvironmentSettings["identityProviders"]>;
const stack = (identityProviders: Providers, more: Partial<EnvironmentSettings> = {}) =>
  new IdentityStack(
    new App(),
    "identity-test",
    testEnvironment({ domainPrefix: "people", identityProviders, ...more }),
  );
const locksOfProviders = (...parameters: Parameters<typeof stack>) =>
  Object.fromEntries(Object.entries(locksOf(stack(...parameters))).filter(([lock]) => lock.includes("_provider.")));
const changed = (before: Providers, after: Providers) => () =>
  checkLocks(stack(after), { "identity-test": locksOf(stack(before)) });

const COMPANY = "aws_cognito_identity_provider.verified_provider-Company_6A8E16B3";

it("hold the address, the type and the issuer of a provider", () => {
  expect(Object.values(locksOfProviders({ google, oidc }))).toEqual([
    "address",
    "Google",
    "address",
    "OIDC",
    "https://login.example.org",
  ]);
});

it("hold nothing of a provider in the local environment, where people try them out", () => {
  expect(locksOfProviders({ google, oidc }, LOCAL)).toEqual({});
});

it("let a provider come, once it is locked, and its secret and scopes change", () => {
  expect(changed({ oidc }, { google, oidc })).toThrow("not locked yet: run npm run locks");
  const other = { ...google, clientSecret: { secret: "identity/other" }, scopes: ["openid", "email", "profile"] };
  expect(changed({ google }, { google: other })).not.toThrow();
});

it.each<[string, Providers, string]>([
  [
    "goes",
    {},
    `identity-test no longer has ${COMPANY}: people who sign in through that identity provider could not sign in any more, and under another name they would be new people, so put it back or, if it may go, run npm run locks -- --remove test/${COMPANY}.`,
  ],
  [
    "has another name",
    { oidc: { Firm: oidc.Company } },
    `identity-test no longer has ${COMPANY}, but has the new aws_cognito_identity_provider.verified_provider-Firm_`,
  ],
  [
    "has another issuer",
    { oidc: { Company: { ...oidc.Company, issuer: "https://other.example" } } },
    `identity-test changes ${COMPANY}.issuer from "https://login.example.org" to "https://other.example": Cognito knows people by the name of the provider and by their name there, so strangers could get the profiles of others: put it back, give the new provider another name or, only if nobody ever signed in through it, run npm run locks -- --remove test/${COMPANY}.issuer, and then npm run locks.`,
  ],
  [
    "is of another type",
    { saml: { Company: { metadataUrl: "https://a.example/m", attributes: { email: "mail" } } } },
    `identity-test changes ${COMPANY}.type from "OIDC" to "SAML": Cognito knows people by`,
  ],
])("stop a provider that %s", (_, after, sentence) => {
  expect(changed({ oidc }, after)).toThrow(sentence);
});

it("stop a custom domain that goes, and name its setting", () => {
  const account = "333333333333";
  const customDomain = { name: "auth.example.org", certificateArn: `arn:aws:acm:us-east-1:${account}:certificate/0a` };
  const locks = locksOf(stack({}, { account, customDomain }));
  expect(() => checkLocks(stack({}, { account }), { "identity-test": locks })).toThrow(
    /is "auth\.example\.org": Terraform would delete the domain, .* so put customDomain back or/,
  );
});
