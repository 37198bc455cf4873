import type { AtClient } from "../../local/gateway/context";
import type { TokenPlan } from "../../local/gateway/pre-token-generation";
import type { Session } from "../../local/gateway/sessions";
import { readAccessToken, signTokens } from "../../local/gateway/tokens";
import type { User } from "../../local/gateway/users";

const own = "aws.cognito.signin.user.admin";
const same = { add: {}, suppress: [] };
const at = {
  region: "eu-west-1",
  poolId: "eu-west-1_abc",
  client: {},
  clientId: "client",
  store: { get: () => ({ jwk: {}, secret: "" }) },
} as unknown as AtClient;
const user = { username: "jo", sub: "1", attributes: { email: "jo@example.org", email_verified: "true" } } as never;
const session = { id: "event", originJti: "origin", authTime: 1 } as unknown as Session;

async function issued(plan: Partial<TokenPlan>) {
  const groups = { groupsToOverride: ["staff"], iamRolesToOverride: ["r1"], preferredRole: "r1" };
  const whole = { groups, idToken: same, accessToken: same, scopes: [own], ...plan };
  const { AccessToken = "", IdToken = "" } = await signTokens(at, user as User, session, whole);
  return { token: AccessToken, access: JSON.parse(AccessToken), id: JSON.parse(IdToken) };
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
    await expect(readAccessToken(at, token)).resolves.toMatchObject({ username: "jo", session: "event" });
  });

  it.each([[[]], [["photos/read"]], [[`${own}s`]]])("does not with the scopes %j", async (scopes) => {
    const { token } = await issued({ scopes });
    await expect(readAccessToken(at, token)).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Access Token does not have required scopes",
    });
  });

  it("is no ID token, whatever scope that has", async () => {
    const { id } = await issued({ idToken: { add: { scope: own }, suppress: [] } });
    await expect(readAccessToken(at, JSON.stringify(id))).rejects.toThrow("Invalid Access Token");
  });
});
