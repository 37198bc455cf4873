import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { aliasesOf, attributeOfName, canonical, checkUsername } from "../../../gateway/pools/user-names";

const emailPool: UserPoolType = { UsernameAttributes: ["email"] };
const aliasPool: UserPoolType = { AliasAttributes: ["email", "preferred_username"] };

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
  it("by address from the start where it is the name, and only once verified where it is an alias", () => {
    expect(aliasesOf(emailPool, { email: "a@b.c" })).toEqual([["email", "a@b.c"]]);
    expect(aliasesOf(aliasPool, { email: "a@b.c", email_verified: "false" })).toEqual([]);
    expect(aliasesOf(aliasPool, { email: "a@b.c", email_verified: "true" })).toEqual([["email", "a@b.c"]]);
  });
});
