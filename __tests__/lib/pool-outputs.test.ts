import { SES_MAIL } from "../all-triggers";
import { furtherPool, identityStack, LOCAL, staffPool } from "./synthesized";

const staff = (...settings: Parameters<typeof staffPool>) => staffPool(...settings).output.pools.value.staff;

it("gives out what each pool is", () => {
  expect(identityStack().output.pools.value).toEqual({
    verified: {
      userPoolId: expect.stringMatching(/^\$\{aws_cognito_user_pool\.verified.*\.id\}$/),
      clientId: expect.stringMatching(/^\$\{aws_cognito_user_pool_client\.verified.*\.id\}$/),
      signIn: "email",
      verifies: ["email"],
      confirmsAtOnce: false,
      recovers: true,
      anonymous: false,
      authFlows: ["srp", "password"],
      oneTimeCode: false,
      passwordLength: 12,
    },
    anonymous: expect.objectContaining({ signIn: "username", verifies: [], confirmsAtOnce: true, anonymous: true }),
  });
});

it("gives out a pool that nobody lists, and the order that Terraform does not keep", () => {
  const { pools, poolNames } = furtherPool({ passwordLength: 15 }).output;
  expect(poolNames.value).toEqual(["verified", "anonymous", "staff"]);
  expect(Object.keys(pools.value)).toEqual(poolNames.value);
  expect(pools.value.staff.passwordLength).toBe(15);
});

it("says what a password needs and who makes accounts only where that is not as usual", () => {
  expect(staff({ passwordNeeds: ["numbers"], selfSignUp: false })).toMatchObject({
    passwordNeeds: ["numbers"],
    selfSignUp: false,
  });
  expect(Object.keys(staff({}))).not.toEqual(expect.arrayContaining(["passwordNeeds"]));
  expect(Object.keys(staff({}))).not.toEqual(expect.arrayContaining(["selfSignUp"]));
});

it("says whether people may or must have a second factor", () => {
  expect(staff({ mfa: "ON" }).secondFactor).toBe("required");
  expect(staff({ mfa: "OPTIONAL" }).secondFactor).toBe("optional");
  expect(Object.keys(staff({}))).not.toContain("secondFactor");
});

describe("the hosted sign-in", () => {
  const oidc = {
    Company: { issuer: "https://login.example.org", clientId: "pool", clientSecret: { parameter: "/a/b" } },
  };
  const prefix = { domainPrefix: "people" };

  it("is given out with the providers of a pool that has some", () => {
    expect(staff({ identityProviders: { oidc } }, prefix)).toMatchObject({
      hosted: "https://people-staff.auth.eu-west-1.amazoncognito.com",
      providers: ["Company"],
    });
    expect(Object.keys(staff({}, prefix))).not.toEqual(expect.arrayContaining(["hosted"]));
  });

  it("is at your own domain where there is one", () => {
    const certificateArn = "arn:aws:acm:us-east-1:111111111111:certificate/12345678-1234-1234-1234-123456789012";
    const customDomain = { name: "auth.example.org", certificateArn };
    expect(staff({ identityProviders: { oidc }, customDomain }, prefix).hosted).toBe("https://auth.example.org");
  });

  it("is left to the local cloud, which has its own address", () => {
    expect(Object.keys(staff({ identityProviders: { oidc } }, { ...LOCAL, ...prefix }))).not.toContain("hosted");
  });
});

describe("what people verify", () => {
  it("is nothing where they have a user name alone", () => {
    expect(staff({ signIn: "username" }).verifies).toEqual([]);
  });

  it("is what they may give", () => {
    expect(staff({ signIn: "username-or-alias", verifies: ["email", "phone_number"] }).verifies).toEqual([
      "email",
      "phone_number",
    ]);
    expect(staff({ signIn: "username-or-alias", selfSignUp: false, clientAttributes: ["locale"] }).verifies).toEqual(
      [],
    );
  });
});

describe("what a trigger does for a pool", () => {
  const everyone = { autoConfirm: "everyone", anonymous: true } as const;

  it("is not said before the pool calls it", () => {
    const attached = staff({ signIn: "username", triggers: { preSignUp: everyone } });
    const detached = staff({ signIn: "username", triggers: { preSignUp: { ...everyone, attached: false } } });
    expect(attached).toMatchObject({ confirmsAtOnce: true, anonymous: true });
    expect(detached).toMatchObject({ confirmsAtOnce: false, anonymous: false });
  });

  it("confirms at once only where that is so for everyone", () => {
    const preSignUp = {
      autoConfirm: { registeredDomains: ["example.org"] },
      confirmWithoutProof: true,
      withoutRecovery: true,
    };
    expect(staff({ triggers: { preSignUp } })).toMatchObject({ confirmsAtOnce: false, recovers: false });
  });

  it.each([
    ["email", {}, false],
    ["email", { addressesAreProven: true }, true],
    ["email", { attached: false }, true],
    ["username", {}, true],
  ] as const)("says whether migrated users can replace a forgotten password: %s %j", (signIn, more, recovers) => {
    const userMigration = { table: "people", attributes: { email: "mail" }, ...more };
    expect(staff({ signIn, triggers: { userMigration } })).toMatchObject({ recovers });
  });

  it.each([
    [{}, ["custom"], true],
    [{ passwordFirst: true }, ["custom"], false],
    [{ attached: false }, ["custom", "srp"], false],
  ] as const)("offers a code by mail instead of a password, but not with %j", (customAuth, flows, oneTimeCode) => {
    const messages = { appName: "Example" };
    const authFlows = [...flows];
    const pool = staff({ authFlows, messages, triggers: { customAuth } }, { mail: SES_MAIL });
    expect(pool).toMatchObject({ authFlows, oneTimeCode });
  });
});
