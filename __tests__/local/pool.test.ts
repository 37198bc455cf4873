import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import {
  checkComplete,
  checkSchema,
  checkWritable,
  overwritten,
  readable,
  toRecord,
} from "../../local/gateway/attributes";
import { checkFlow, lifetimes } from "../../local/gateway/client";
import { aliasesOf, attributeOfName, canonical, checkPassword, checkUsername } from "../../local/gateway/pool";

const emailPool: UserPoolType = { UsernameAttributes: ["email"] };
const aliasPool: UserPoolType = { AliasAttributes: ["email", "preferred_username"] };

describe("a password", () => {
  const strict: UserPoolType = {};
  it.each([
    ["Sh0rt!a", "Password not long enough"],
    ["ALLUPPER1!", "Password must have lowercase characters"],
    ["alllower1!", "Password must have uppercase characters"],
    ["NoNumbers!", "Password must have numeric characters"],
    ["NoSymbols1", "Password must have symbol characters"],
  ])("%s breaks the default policy: %s", (password, text) => {
    expect(() => checkPassword(strict, password)).toThrow(
      expect.objectContaining({
        name: "InvalidPasswordException",
        message: `Password did not conform with policy: ${text}`,
      }),
    );
  });

  it.each(["GoodPass1!", "With space1 A", "Ünïcode-Aa1"])("%s keeps it", (password) => {
    expect(() => checkPassword(strict, password)).not.toThrow();
  });

  it("is held to length only where the pool says so", () => {
    const lenient: UserPoolType = { Policies: { PasswordPolicy: { MinimumLength: 12 } } };
    expect(() => checkPassword(lenient, "all letters here")).not.toThrow();
    expect(() => checkPassword(lenient, "only eleven")).toThrow("not long enough");
  });

  it.each([" leading1A!", "trailing1A! ", `Aa1!${"x".repeat(253)}`])("%p is malformed", (password) => {
    expect(() => checkPassword(strict, password)).toThrow(
      expect.objectContaining({ name: "InvalidParameterException" }),
    );
  });
});

describe("a user name", () => {
  it.each(["rroe", "Jürgen", "名前", "🙂", "a+b@c", "x".repeat(128)])("may be %s", (name) => {
    expect(() => checkUsername(name)).not.toThrow();
  });
  it.each(["", "a b", "tab\t", "x".repeat(129), "\ud800"])("may not be %p", (name) => {
    expect(() => checkUsername(name)).toThrow("1 validation error detected: Value at 'username'");
  });
  it("is an address where people sign in with one", () => {
    expect(attributeOfName(emailPool, "jo@example.org")).toBe("email");
    expect(() => attributeOfName(emailPool, "jo")).toThrow("Username should be an email.");
  });
  it("is no address where an address is an alias", () => {
    expect(() => attributeOfName(aliasPool, "jo@example.org")).toThrow("cannot be of email format");
    expect(attributeOfName(aliasPool, "jo")).toBeUndefined();
  });
  it("is the same in every case only where the pool says so", () => {
    expect(canonical({ UsernameConfiguration: { CaseSensitive: false } }, "JoÉ")).toBe("joé");
    expect(canonical({}, "Jo")).toBe("Jo");
  });
});

describe("a user is found", () => {
  it("by address from the start where it is the name, and only once proven where it is an alias", () => {
    expect(aliasesOf(emailPool, { email: "a@b.c" })).toEqual([["email", "a@b.c"]]);
    expect(aliasesOf(aliasPool, { email: "a@b.c", email_verified: "false" })).toEqual([]);
    expect(aliasesOf(aliasPool, { email: "a@b.c", email_verified: "true" })).toEqual([["email", "a@b.c"]]);
  });
});

describe("attributes", () => {
  const pool: UserPoolType = {
    SchemaAttributes: [
      { Name: "sub", AttributeDataType: "String", Required: true, Mutable: false },
      { Name: "email", AttributeDataType: "String", Required: true, Mutable: true },
      { Name: "custom:age", AttributeDataType: "Number", Mutable: false },
    ],
  };
  const check = (given: Record<string, string>, made = false) => (made ? checkSchema(pool, given, false) : born(given));
  const born = (given: Record<string, string>) => {
    checkSchema(pool, given, true);
    checkComplete(pool, given);
  };

  it.each([
    [{}, "Attributes did not conform to the schema: email: The attribute is required\n"],
    [{ email: "a@b.co", "custom:x": "1" }, "custom:x: Attribute does not exist in the schema."],
    [{ email: "a@b.co", "custom:age": "old" }, "custom:age: Attribute must be a number"],
    [{ email: "not an address" }, "Invalid email address format."],
    [{ email: "a@b.co", sub: "1" }, "Cannot modify the non-mutable attribute sub"],
  ])("%p: %s", (given, text) => {
    expect(() => check(given as Record<string, string>)).toThrow(text);
  });

  it("that never change may be given at birth only", () => {
    expect(() => check({ email: "a@b.co", "custom:age": "7" })).not.toThrow();
    expect(() => check({ email: "a@b.co", "custom:age": "7" }, true)).toThrow("non-mutable");
  });

  it("may be written by a client that lists them, or that lists nothing and they are standard", () => {
    expect(() => checkWritable({ WriteAttributes: ["email"] }, ["email"])).not.toThrow();
    expect(() => checkWritable({ WriteAttributes: ["locale"] }, ["email"])).toThrow("unauthorized");
    expect(() => checkWritable({ WriteAttributes: [] }, ["email"])).not.toThrow();
    expect(() => checkWritable({}, ["email_verified"])).toThrow("unauthorized");
    expect(() => checkWritable({}, ["custom:x"])).toThrow("unauthorized");
  });

  it("are shown to a client that may read them", () => {
    const all = { sub: "1", email: "a", "custom:x": "b" };
    expect(readable({ ReadAttributes: ["custom:x"] }, all)).toEqual({ sub: "1", "custom:x": "b" });
    expect(readable({}, all)).toEqual({ sub: "1", email: "a" });
  });

  it("that are new addresses are unproven", () => {
    const before = { email: "a@b.c", email_verified: "true" };
    expect(overwritten(before, { email: "x@y.z" })).toMatchObject({ email_verified: "false" });
    expect(overwritten(before, { email: "a@b.c" })).toEqual(before);
  });

  it("that are written empty are gone, and with an address its proof", () => {
    const before = { email: "a@b.c", email_verified: "true", name: "J" };
    expect(overwritten(before, { email: "", name: "K" })).toEqual({ name: "K" });
    expect(overwritten(before, { name: "" })).not.toHaveProperty("name");
  });

  it("that are required cannot be taken away", () => {
    expect(() => checkSchema(pool, { email: "" }, false)).toThrow("email: The attribute is required");
  });

  it("say in lower case whether an address is proven", () => {
    const list = [
      { Name: "email_verified", Value: "True" },
      { Name: "name", Value: "True" },
    ];
    expect(toRecord(list)).toEqual({ email_verified: "true", name: "True" });
  });
});

describe("a client", () => {
  const refusal = (ExplicitAuthFlows: never[], flow: string) => () => checkFlow({ ExplicitAuthFlows }, flow);
  it.each([
    [[], "USER_SRP_AUTH", true],
    [[], "REFRESH_TOKEN_AUTH", true],
    [[], "USER_PASSWORD_AUTH", false],
    [["ALLOW_USER_PASSWORD_AUTH"], "USER_PASSWORD_AUTH", true],
    [["ALLOW_USER_PASSWORD_AUTH"], "USER_SRP_AUTH", false],
    [["ALLOW_USER_SRP_AUTH"], "REFRESH_TOKEN_AUTH", false],
    [["USER_PASSWORD_AUTH"], "USER_PASSWORD_AUTH", true],
    [["USER_PASSWORD_AUTH"], "USER_SRP_AUTH", true],
    [["ADMIN_NO_SRP_AUTH"], "ADMIN_USER_PASSWORD_AUTH", true],
  ])("that lists %p opens %s: %p", (listed, flow, open) => {
    const trial = expect(refusal(listed as never[], flow as string));
    if (open) trial.not.toThrow();
    else trial.toThrow(/not enabled for (this|the) client/);
  });

  it("has Cognito's lifetimes where it names none, and its own units where it does", () => {
    expect(lifetimes({})).toEqual({ access: 3600, id: 3600, refresh: 2_592_000, challenge: 180 });
    expect(
      lifetimes({
        AccessTokenValidity: 5,
        RefreshTokenValidity: 2,
        AuthSessionValidity: 15,
        TokenValidityUnits: { AccessToken: "minutes", RefreshToken: "hours" },
      }),
    ).toEqual({ access: 300, id: 3600, refresh: 7200, challenge: 900 });
  });
});
