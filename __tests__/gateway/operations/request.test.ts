import { parse, parseForEmulator, requireMembers } from "../../../gateway/operations/request";

const read = (input: unknown, operation = "AdminCreateUser") =>
  parse(operation, Buffer.from(typeof input === "string" ? input : JSON.stringify(input)));

const need = (name: string, input: object) => requireMembers({ ...input }, [name]);

describe("a request's body", () => {
  it("is read as it was sent, without what is null or unknown", () => {
    const input = { Username: "jo", UserAttributes: [{ Name: "a", Value: "b" }], ForceAliasCreation: true };
    expect(read({ ...input, MessageAction: null, Unknown: [5] })).toEqual(input);
    const withPrototype = read('{"Username":"jo","__proto__":{"UserPoolId":"x"},"constructor":5}');
    expect(withPrototype).toEqual({ Username: "jo" });
    expect(withPrototype.UserPoolId).toBeUndefined();
  });

  it.each([
    ["", "AdminCreateUser"],
    ["[]", "AdminCreateUser"],
    ['"text"', "AdminCreateUser"],
    [{ Username: 5 }, "AdminCreateUser"],
    [{ UserAttributes: "x" }, "AdminCreateUser"],
    [{ UserAttributes: [null] }, "AdminCreateUser"],
    [{ UserAttributes: [{ Name: "x", Value: 5 }] }, "AdminCreateUser"],
    [{ UserAttributes: [{ Name: "x", Value: true }] }, "AdminCreateUser"],
    [{ AuthParameters: { PASSWORD: {} } }, "InitiateAuth"],
    [{ AuthParameters: ["x"] }, "InitiateAuth"],
    [{ Limit: "3" }, "ListUsers"],
    [{ Limit: 1e300 }, "ListUsers"],
    [{ Limit: 0.5 }, "ListUsers"],
    [{ Permanent: "true" }, "AdminSetUserPassword"],
    [{ LambdaConfig: { PreSignUp: null } }, "UpdateUserPool"],
    [{ LambdaConfig: { PreTokenGenerationConfig: [] } }, "UpdateUserPool"],
    [{ Policies: { PasswordPolicy: { MinimumLength: "8" } } }, "CreateUserPool"],
  ])("%j is malformed for %s", (input, operation) => {
    expect(() => read(input, operation)).toThrow(expect.objectContaining({ name: "SerializationException" }));
  });

  it.each([
    '{"Username":"\\ud800"}',
    '{"UserAttributes":[{"Name":"a","Value":"x\\udc00"}]}',
    '{"ClientMetadata":{"\\ud800":"x"}}',
  ])("is malformed with half a character: %s", (body) => {
    expect(() => read(body)).toThrow("half a character");
  });

  it("is malformed where it is no UTF-8, so that two names never become one", () => {
    const body = (byte: number) =>
      Buffer.concat([Buffer.from('{"Username":"'), Buffer.from([byte]), Buffer.from('"}')]);
    expect(() => parse("AdminCreateUser", body(0xff))).toThrow("The request is not UTF-8.");
    expect(() => parseForEmulator("CreateUserPool", body(0xfe))).toThrow("The request is not UTF-8.");
  });

  it("may hold characters of two surrogates", () => {
    expect(read({ Username: "jo🙂" })).toEqual({ Username: "jo🙂" });
  });

  it("may not be null where the emulator would store that", () => {
    const body = Buffer.from('{"UserPoolId":"x","LambdaConfig":null}');
    expect(() => parseForEmulator("UpdateUserPool", body)).toThrow("LambdaConfig is null: leave it out.");
  });

  it("must hold what the operation needs", () => {
    const start = "1 validation error detected: Value at 'clientId' failed to satisfy constraint: ";
    expect(() => need("ClientId", {})).toThrow(`${start}Member must not be null`);
    expect(() => need("ClientId", { ClientId: "" })).toThrow("greater than or equal to 1");
    expect(() => need("ClientId", { ClientId: "x" })).not.toThrow();
  });
});
