import { parse, requireMembers } from "../../../gateway/operations/request";

const read = (input: unknown) => parse(Buffer.from(JSON.stringify(input)));

const need = (name: string, input: object) => requireMembers({ ...input }, [name]);

describe("a request's body", () => {
  it("is read as it was sent, without what is null", () => {
    const input = { Username: "jo", UserAttributes: [{ Name: "a", Value: "b" }], Limit: 3 };
    expect(read({ ...input, Session: null })).toEqual(input);
  });

  it.each([
    [[]],
    ["text"],
    [{ Username: 5 }],
    [{ UserAttributes: "x" }],
    [{ UserAttributes: [{ Value: "x" }] }],
    [{ UserAttributes: [{ Name: "x", Value: 5 }] }],
    [{ AuthParameters: { PASSWORD: {} } }],
    [{ AuthParameters: ["x"] }],
    [{ Limit: "3" }],
    [{ Permanent: "true" }],
  ])("%j is malformed", (input) => {
    expect(() => read(input)).toThrow(expect.objectContaining({ name: "SerializationException" }));
  });

  it("must hold what the operation needs", () => {
    const start = "1 validation error detected: Value at 'clientId' failed to satisfy constraint: ";
    expect(() => need("ClientId", {})).toThrow(`${start}Member must not be null`);
    expect(() => need("ClientId", { ClientId: "" })).toThrow("greater than or equal to 1");
    expect(() => need("ClientId", { ClientId: "x" })).not.toThrow();
  });
});
