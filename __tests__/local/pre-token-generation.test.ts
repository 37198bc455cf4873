import { changed, groupConfiguration, planFrom } from "../../local/gateway/pre-token-generation";

const groups = { groupsToOverride: ["staff"], iamRolesToOverride: ["r1"], preferredRole: "r1" };
const none = { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null };

describe("the answer of a token trigger", () => {
  it.each([undefined, null, {}])("%p changes nothing", (details) => {
    expect(planFrom(details, groups)).toEqual({ groups, idToken: { add: {}, suppress: [] } });
  });

  it("takes the groups away where it says null or nothing in their place", () => {
    for (const groupOverrideDetails of [null, {}])
      expect(planFrom({ groupOverrideDetails }, groups).groups).toEqual(none);
  });

  it("puts other groups in their place", () => {
    const groupOverrideDetails = { ...none, groupsToOverride: ["guest"] };
    expect(planFrom({ groupOverrideDetails }, groups).groups).toEqual(groupOverrideDetails);
  });

  it.each([
    [],
    "gold",
    { claimsToAddOrOverride: { level: 1 } },
    { claimsToAddOrOverride: ["level"] },
    { claimsToSuppress: "email" },
    { claimsToSuppress: [1] },
    { groupOverrideDetails: { groupsToOverride: "staff" } },
    { groupOverrideDetails: { preferredRole: 1 } },
  ])("%j is no answer", (details) => {
    expect(() => planFrom(details, groups)).toThrow(
      expect.objectContaining({
        name: "InvalidLambdaResponseException",
        message: "Unrecognizable lambda output",
      }),
    );
  });
});

describe("the claims of a token", () => {
  const claims = { sub: "1", email: "a@b.c", "cognito:groups": ["staff"] };

  it("are added, replaced and suppressed", () => {
    const change = { add: { tier: "gold", email: "x@y.z" }, suppress: ["cognito:groups"] };
    expect(changed(claims, change)).toEqual({ sub: "1", email: "x@y.z", tier: "gold" });
  });

  it("are suppressed where they are both added and suppressed", () => {
    expect(changed(claims, { add: { email: "x" }, suppress: ["email"] })).not.toHaveProperty("email");
  });

  it.each(["sub", "iss", "aud", "exp", "token_use", "cognito:username", "identities", "nonce"])(
    "keep %s, whatever the trigger wants",
    (name) => {
      const before = { ...claims, [name]: "true" };
      expect(changed(before, { add: { [name]: "false" }, suppress: [name] })).toEqual(before);
    },
  );

  it.each(["cognito:groups", "cognito:roles", "dev:note"])("never get %s by addition", (name) => {
    expect(changed(claims, { add: { [name]: "boss" }, suppress: [] })).toEqual(claims);
  });
});

describe("groups in order of their precedence", () => {
  const group = (GroupName: string, Precedence?: number, RoleArn?: string) => ({
    GroupName,
    Precedence,
    RoleArn,
  });

  it("give the role of the first that has one", () => {
    expect(groupConfiguration([group("a", 1), group("b", 2, "r2"), group("c", 3, "r3")])).toEqual({
      groupsToOverride: ["a", "b", "c"],
      iamRolesToOverride: ["r2", "r3"],
      preferredRole: "r2",
    });
  });

  it("prefer no role where two of one rank differ", () => {
    const rivals = [group("a", 1, "r1"), group("b", 1, "r2")];
    expect(groupConfiguration(rivals).preferredRole).toBeNull();
    const agreed = [group("a", 1, "r1"), group("b", 1, "r1")];
    expect(groupConfiguration(agreed)).toMatchObject({
      iamRolesToOverride: ["r1"],
      preferredRole: "r1",
    });
  });

  it("say nothing where there are none", () => {
    expect(groupConfiguration([])).toEqual(none);
  });
});
