import { changedClaims } from "../../../gateway/tokens/claims";

describe("the claims of a token", () => {
  const claims = { sub: "1", email: "a@b.c", "cognito:groups": ["staff"] };

  it("are added, replaced and suppressed", () => {
    const change = { add: { tier: "gold", email: "x@y.z" }, suppress: ["cognito:groups"] };
    expect(changedClaims(claims, change)).toEqual({ sub: "1", email: "x@y.z", tier: "gold" });
  });

  it("are suppressed where they are both added and suppressed", () => {
    expect(changedClaims(claims, { add: { email: "x" }, suppress: ["email"] })).not.toHaveProperty("email");
  });

  it.each(["sub", "iss", "aud", "exp", "token_use", "cognito:username", "identities", "nonce"])(
    "keep %s, whatever the trigger wants",
    (name) => {
      const before = { ...claims, [name]: "true" };
      expect(changedClaims(before, { add: { [name]: "false" }, suppress: [name] })).toEqual(before);
    },
  );

  it("lose the roles together with the groups", () => {
    const roles = { "cognito:roles": ["r1"], "cognito:preferred_role": "r1" };
    expect(changedClaims({ ...claims, ...roles }, { add: {}, suppress: ["cognito:groups"] })).toEqual({
      sub: "1",
      email: "a@b.c",
    });
  });

  it.each(["client_id", "event_id", "username", "scope", "version", "jti"])("keep %s in an access token", (name) => {
    const before = { [name]: "true" };
    expect(changedClaims(before, { add: { [name]: "false" }, suppress: [name] }, "access")).toEqual(before);
  });

  it.each(["cognito:groups", "cognito:roles", "dev:note"])("never get %s by addition", (name) => {
    expect(changedClaims(claims, { add: { [name]: "boss" }, suppress: [] })).toEqual(claims);
  });
});
