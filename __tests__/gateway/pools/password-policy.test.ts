import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { checkPassword } from "../../../gateway/pools/password-policy";

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
