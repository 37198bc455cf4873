import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { checkComplete, checkSchema } from "../../../gateway/pools/schema";

describe("attributes", () => {
  const pool: UserPoolType = {
    SchemaAttributes: [
      { Name: "sub", AttributeDataType: "String", Required: true, Mutable: false },
      { Name: "email", AttributeDataType: "String", Required: true, Mutable: true },
      { Name: "custom:age", AttributeDataType: "Number", Mutable: false },
    ],
  };
  const checkNew = (given: Record<string, string>) => {
    checkSchema(pool, given, true);
    checkComplete(pool, given);
  };

  it.each([
    [{}, "Attributes did not conform to the schema: email: The attribute is required\n"],
    [{ email: "a@b.co", "custom:x": "1" }, "custom:x: Attribute does not exist in the schema."],
    [{ email: "a@b.co", "custom:age": "old" }, "custom:age: Attribute must be a number"],
    [{ email: "not an address" }, "Invalid email address format."],
    [{ email: "jo\0@example.org" }, "Invalid email address format."],
    [{ email: "a@b.co", sub: "1" }, "Cannot modify the non-mutable attribute sub"],
  ])("%p: %s", (given, text) => {
    expect(() => checkNew(given as Record<string, string>)).toThrow(text);
  });

  it("that never change may be given to a new user only", () => {
    expect(() => checkNew({ email: "a@b.co", "custom:age": "7" })).not.toThrow();
    expect(() => checkSchema(pool, { email: "a@b.co", "custom:age": "7" }, false)).toThrow("non-mutable");
  });

  it("that are required cannot be taken away", () => {
    expect(() => checkSchema(pool, { email: "" }, false)).toThrow("email: The attribute is required");
  });
});
