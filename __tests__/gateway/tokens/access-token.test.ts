import { CognitoJwtVerifier } from "aws-jwt-verify";
import { readAccessToken } from "../../../gateway/tokens/access-token";
import { jwks } from "../../../gateway/tokens/pool-keys";
import { signTokens } from "../../../gateway/tokens/sign-tokens";
import type { TokenPlan } from "../../../gateway/triggers/pre-token-generation";
import type { User } from "../../../gateway/users/user";
import { fakeContext } from "../fake-context";
import { type TemporaryStore, temporaryStore } from "../temporary-store";

const own = "aws.cognito.signin.user.admin";
const same = { add: {}, suppress: [] };
const user: User = {
  username: "jo",
  sub: "1",
  status: "CONFIRMED",
  enabled: true,
  attributes: { email: "jo@example.org", email_verified: "true" },
  codes: {},
  created: 0,
  modified: 0,
};
const signIn = { id: "event", originJti: "origin", authTime: 1 };

let store: TemporaryStore;
beforeAll(async () => {
  store = await temporaryStore();
});
afterAll(() => store.remove());

const contextOf = (poolId = "eu-west-1_abc") => fakeContext({ store, poolId });

/** The header or the claims of a token. */
const partOf = (token: string, index: number) =>
  JSON.parse(Buffer.from(token.split(".")[index] ?? "", "base64url").toString());

async function issued(plan: Partial<TokenPlan>, poolId?: string) {
  const groups = { groupsToOverride: ["staff"], iamRolesToOverride: ["r1"], preferredRole: "r1" };
  const whole = { groups, idToken: same, accessToken: same, scopes: [own], ...plan };
  const { AccessToken = "", IdToken = "" } = await signTokens(contextOf(poolId), user, signIn, whole);
  return { token: AccessToken, idToken: IdToken, access: partOf(AccessToken, 1), id: partOf(IdToken, 1) };
}

describe("an access token", () => {
  it("has the groups, and what a trigger made of claims and scopes", async () => {
    const add = { tenant: { id: 1 }, username: "boss", client_id: "x", sub: "2", event_id: "x", scope: "all" };
    const { access, id } = await issued({ accessToken: { add, suppress: ["jti"] }, scopes: [own, "photos/read"] });
    expect(access).toMatchObject({
      tenant: { id: 1 },
      "cognito:groups": ["staff"],
      scope: `${own} photos/read`,
      username: "jo",
      client_id: "client",
      sub: "1",
      event_id: "event",
      jti: expect.any(String),
    });
    expect(access).not.toHaveProperty("cognito:roles");
    expect(id).not.toHaveProperty("tenant");
    expect(id).toMatchObject({ email_verified: true, "cognito:groups": ["staff"], "cognito:roles": ["r1"] });
  });

  it.each([
    ["client", "client"],
    ["other", undefined],
  ])("that a trigger gives the audience %s has %s", async (aud, has) => {
    expect((await issued({ accessToken: { add: { aud }, suppress: [] } })).access.aud).toBe(has);
  });

  it("opens its user's account with more scopes, too", async () => {
    const { token } = await issued({ scopes: ["photos/read", own] });
    await expect(readAccessToken(contextOf(), token)).resolves.toMatchObject({ username: "jo", sessionId: "event" });
  });

  it.each([[[]], [["photos/read"]], [[`${own}s`]]])("does not with the scopes %j", async (scopes) => {
    const { token } = await issued({ scopes });
    await expect(readAccessToken(contextOf(), token)).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Access Token does not have required scopes",
    });
  });

  it("is no ID token, whatever scope that has", async () => {
    const { idToken } = await issued({ idToken: { add: { scope: own }, suppress: [] } });
    await expect(readAccessToken(contextOf(), idToken)).rejects.toThrow("Invalid Access Token");
  });

  it("is invalid where its pool did not sign it", async () => {
    const [mine, theirs] = [await issued({}), await issued({}, "eu-west-1_other")];
    const [header, claims] = mine.token.split(".");
    const forged = [header, claims, theirs.token.split(".")[2]].join(".");
    await expect(readAccessToken(contextOf(), forged)).rejects.toThrow("Invalid Access Token");
    const unsigned = [Buffer.from('{"alg":"none"}').toString("base64url"), claims, ""].join(".");
    await expect(readAccessToken(contextOf(), unsigned)).rejects.toThrow("Invalid Access Token");
  });

  it("expires", async () => {
    const { token } = await issued({});
    jest.useFakeTimers({ now: Date.now() + 3_601_000, doNotFake: ["setImmediate", "nextTick", "queueMicrotask"] });
    await expect(readAccessToken(contextOf(), token)).rejects.toThrow("Access Token has expired");
    jest.useRealTimers();
  });

  it("is valid for a verifier that has the keys of the pool", async () => {
    const { token, idToken } = await issued({});
    const verifier = CognitoJwtVerifier.create({ userPoolId: "eu-west-1_abc", tokenUse: null, clientId: "client" });
    verifier.cacheJwks((await jwks(store, "eu-west-1_abc")) as never);
    expect(verifier.verifySync(token)).toMatchObject({ token_use: "access", username: "jo" });
    expect(verifier.verifySync(idToken)).toMatchObject({ token_use: "id", "cognito:username": "jo" });
  });
});
