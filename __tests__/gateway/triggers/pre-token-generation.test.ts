import {
  groupConfiguration,
  planOfVersion1,
  planOfVersion2,
  planTokens,
} from "../../../gateway/triggers/pre-token-generation";
import type { User } from "../../../gateway/users/user";
import { fakeContext } from "../fake-context";

const groups = { groupsToOverride: ["staff"], iamRolesToOverride: ["r1"], preferredRole: "r1" };
const none = { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null };
const same = { add: {}, suppress: [] };
const own = "aws.cognito.signin.user.admin";
const unrecognizable = expect.objectContaining({
  name: "InvalidLambdaResponseException",
  message: "Unrecognizable lambda output",
});

const planOf1 = (claimsOverrideDetails: unknown) => planOfVersion1({ claimsOverrideDetails }, groups);
const planOf2 = (claimsAndScopeOverrideDetails: unknown) => planOfVersion2({ claimsAndScopeOverrideDetails }, groups);

describe.each([
  ["first version", planOf1],
  ["second version", planOf2],
])("the answer of a token trigger, %s,", (_, planOf) => {
  it.each([undefined, null, {}])("%p changes nothing", (details) => {
    expect(planOf(details)).toEqual({ groups, idToken: same, accessToken: same, scopes: [own] });
  });

  it("takes the groups away where it says null or nothing in their place", () => {
    for (const groupOverrideDetails of [null, {}]) expect(planOf({ groupOverrideDetails }).groups).toEqual(none);
  });

  it("puts other groups in their place", () => {
    const groupOverrideDetails = { ...none, groupsToOverride: ["guest"] };
    expect(planOf({ groupOverrideDetails }).groups).toEqual(groupOverrideDetails);
  });

  it.each([
    [],
    "gold",
    { groupOverrideDetails: { groupsToOverride: "staff" } },
    { groupOverrideDetails: { preferredRole: 1 } },
  ])("%j is no answer", (details) => {
    expect(() => planOf(details)).toThrow(unrecognizable);
  });
});

it.each([
  { claimsToAddOrOverride: { level: 1 } },
  { claimsToAddOrOverride: ["level"] },
  { claimsToSuppress: "email" },
  { claimsToSuppress: [1] },
])("%j is no answer to the first version", (details) => {
  expect(() => planOf1(details)).toThrow(unrecognizable);
});

describe("the answer to the second version", () => {
  it("changes both tokens, with claims of any kind", () => {
    const change = { claimsToAddOrOverride: { n: 1, yes: true, list: [1, "a"], deep: { a: {} } } };
    const { idToken, accessToken } = planOf2({
      idTokenGeneration: change,
      accessTokenGeneration: { ...change, claimsToSuppress: ["email"] },
    });
    expect(idToken).toEqual({ add: change.claimsToAddOrOverride, suppress: [] });
    expect(accessToken).toEqual({ add: change.claimsToAddOrOverride, suppress: ["email"] });
  });

  it.each(["phone_number_verified", "email_verified", "updated_at", "address"])(
    "has text for %s in an ID token, and anything in an access token",
    (name) => {
      const generation = (value: unknown) => ({ claimsToAddOrOverride: { [name]: value } });
      expect(() => planOf2({ idTokenGeneration: generation(true) })).toThrow(unrecognizable);
      expect(() => planOf2({ idTokenGeneration: generation("true") })).not.toThrow();
      expect(() => planOf2({ accessTokenGeneration: generation({}) })).not.toThrow();
    },
  );

  it("adds scopes once, and takes away what it both adds and suppresses", () => {
    const scopes = { scopesToAdd: ["a/read", "b", own, "b"], scopesToSuppress: ["a/read"] };
    expect(planOf2({ accessTokenGeneration: scopes }).scopes).toEqual([own, "b"]);
    const without = { scopesToSuppress: [own] };
    expect(planOf2({ accessTokenGeneration: without }).scopes).toEqual([]);
  });

  it.each([
    { idTokenGeneration: "x" },
    { accessTokenGeneration: { scopesToAdd: "openid" } },
    { accessTokenGeneration: { scopesToAdd: ["two scopes"] } },
    { accessTokenGeneration: { scopesToSuppress: [1] } },
    { accessTokenGeneration: { claimsToAddOrOverride: { gone: null } } },
  ])("%j is no answer", (details) => {
    expect(() => planOf2(details)).toThrow(unrecognizable);
  });
});

describe("the event", () => {
  it.each([
    ["V1_0", "1", false],
    ["V2_0", "2", true],
    ["V3_0", "3", true],
  ] as const)("of %s is of version %s, with scopes: %p", async (LambdaVersion, version, hasScopes) => {
    const arn = "arn:aws:lambda:eu-west-1:000000000000:function:fn";
    const sent: { version: string; request: object; response: object }[] = [];
    const context = fakeContext({
      pool: { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion, LambdaArn: arn } } },
      aws: {
        policy: async () => ({ Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: arn } }),
        invoke: async (_: object, event: (typeof sent)[number]) => {
          sent.push(event);
          return { Payload: Buffer.from(JSON.stringify(event)) };
        },
      },
    });
    const plan = await planTokens(context, { attributes: {} } as User, { source: "TokenGeneration_Authentication" });
    expect(plan).toMatchObject({ idToken: same, accessToken: same });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.version).toBe(version);
    expect(sent[0]?.request).toHaveProperty("groupConfiguration");
    expect("scopes" in (sent[0]?.request ?? {})).toBe(hasScopes);
    expect(sent[0]?.response).toEqual({
      [hasScopes ? "claimsAndScopeOverrideDetails" : "claimsOverrideDetails"]: null,
    });
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
