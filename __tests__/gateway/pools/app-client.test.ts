import { checkFlow, checkWritable, lifetimes, readable } from "../../../gateway/pools/app-client";

describe("a client", () => {
  const check = (ExplicitAuthFlows: never[], flow: string) => () => checkFlow({ ExplicitAuthFlows }, flow);
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
    const trial = expect(check(listed as never[], flow as string));
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

  it("may write the attributes that it lists; where it lists none, the standard ones", () => {
    expect(() => checkWritable({ WriteAttributes: ["email"] }, ["email"])).not.toThrow();
    expect(() => checkWritable({ WriteAttributes: ["locale"] }, ["email"])).toThrow("unauthorized");
    expect(() => checkWritable({ WriteAttributes: [] }, ["email"])).not.toThrow();
    expect(() => checkWritable({}, ["email_verified"])).toThrow("unauthorized");
    expect(() => checkWritable({}, ["custom:x"])).toThrow("unauthorized");
  });

  it("is shown the attributes that it may read", () => {
    const all = { sub: "1", email: "a", "custom:x": "b" };
    expect(readable({ ReadAttributes: ["custom:x"] }, all)).toEqual({ sub: "1", "custom:x": "b" });
    expect(readable({}, all)).toEqual({ sub: "1", email: "a" });
  });
});
