import { decodeJwt } from "jose";
import { PASSWORD } from "../fake-cloud";
import { POOL_ID } from "../srp-client";
import { CALLBACK, type HostedPool, hostedPool, verifier } from "./hosted-pool";

const all = ["PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication", "PreTokenGeneration"] as const;
const withTriggers = (more: Parameters<typeof hostedPool>[0] = {}) => ({
  ...Object.fromEntries(all.map((name) => [name, () => undefined])),
  ...more,
});

let pool: HostedPool;
afterEach(() => pool.close());

/** Signs Jo in at the page, up to the callback. */
async function signIn(changes: Record<string, string | undefined> = {}, browser = pool.browser()) {
  const page = await browser.follow(await browser.get(pool.authorize(changes)));
  return { browser, page, arrival: await browser.submit(page, { username: "jo", password: PASSWORD }) };
}

const redeem = (code: string, changes: Record<string, string> = {}) =>
  pool.call("oauth2/token", {
    grant_type: "authorization_code",
    client_id: "client",
    redirect_uri: CALLBACK,
    code,
    code_verifier: verifier,
    ...changes,
  });

describe("a native user at the hosted sign-in", () => {
  beforeEach(async () => {
    pool = await hostedPool(withTriggers());
    await pool.cloud.addUser("jo", { email: "jo@example.org", name: "Jo" });
  });

  it("gets a code by password, which runs the ordinary triggers in their order", async () => {
    const { arrival } = await signIn();
    expect(arrival.status).toBe(303);
    expect(arrival.location.startsWith(`${CALLBACK}&code=`)).toBe(true);
    expect(arrival.query.get("state")).toBe("s t/a?te&=ü");
    expect(pool.cloud.sources()).toEqual([
      "PreAuthentication_Authentication",
      "PostAuthentication_Authentication",
      "TokenGeneration_HostedAuth",
    ]);
    expect(pool.cloud.events.map(({ callerContext }) => callerContext.clientId)).toEqual([
      "client",
      "client",
      "client",
    ]);
  });

  it("gets the tokens of the scopes for the code, with the nonce", async () => {
    const { arrival } = await signIn();
    const { status, body, headers } = await redeem(arrival.query.get("code") ?? "");
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
    expect(decodeJwt(body.access_token ?? "")).toMatchObject({ scope: "openid email", version: 2, username: "jo" });
    const claims = decodeJwt(body.id_token ?? "");
    expect(claims).toMatchObject({
      nonce: "n+once",
      aud: "client",
      email: "jo@example.org",
      at_hash: expect.any(String),
    });
    // The scope `profile` was not asked for.
    expect(claims).not.toHaveProperty("name");
  });

  it("gets no ID token without openid", async () => {
    const { arrival } = await signIn({ scope: "aws.cognito.signin.user.admin" });
    const { body } = await redeem(arrival.query.get("code") ?? "");
    expect(body).not.toHaveProperty("id_token");
    expect(await pool.cloud.call("GetUser", { AccessToken: body.access_token })).toMatchObject({ Username: "jo" });
  });

  it("sees the attributes of the scopes at userInfo, as texts", async () => {
    const { arrival } = await signIn();
    const { body } = await redeem(arrival.query.get("code") ?? "");
    const authorization = `Bearer ${body.access_token}`;
    const info = await pool.call("oauth2/userInfo", {}, { authorization });
    expect(info.body).toEqual({
      sub: expect.any(String),
      email: "jo@example.org",
      username: "jo",
    });
  });

  it("refreshes, keeps the scopes, and cannot once the token is revoked", async () => {
    const { arrival } = await signIn();
    const { body } = await redeem(arrival.query.get("code") ?? "");
    const refresh = () =>
      pool.call("oauth2/token", {
        grant_type: "refresh_token",
        client_id: "client",
        refresh_token: body.refresh_token ?? "",
      });
    const fresh = await refresh();
    expect(decodeJwt(fresh.body.access_token ?? "").scope).toBe("openid email");
    expect(decodeJwt(fresh.body.id_token ?? "")).not.toHaveProperty("nonce");
    expect(fresh.body).not.toHaveProperty("refresh_token");
    expect(pool.cloud.sources().at(-1)).toBe("TokenGeneration_RefreshTokens");
    const revoked = await pool.call("oauth2/revoke", { client_id: "client", token: body.refresh_token ?? "" });
    expect(revoked).toMatchObject({ status: 200, body: {} });
    expect((await refresh()).body).toMatchObject({ error: "invalid_grant" });
    const authorization = `Bearer ${body.access_token}`;
    expect(await pool.call("oauth2/userInfo", {}, { authorization })).toMatchObject({ status: 401 });
  });

  it("is not asked again in the same browser, until the logout", async () => {
    const { browser } = await signIn();
    pool.cloud.events.length = 0;
    const again = await browser.get(pool.authorize());
    expect(again.query.has("code")).toBe(true);
    expect(pool.cloud.sources()).toEqual(["TokenGeneration_HostedAuth"]);
    expect((await browser.get(pool.authorize({ prompt: "login" }))).location).toContain("/login?");
    const out = await browser.get(`/${POOL_ID}/logout?client_id=client&logout_uri=http://localhost:3000/`);
    expect(out.location).toBe("http://localhost:3000/");
    expect((await browser.get(pool.authorize())).location).toContain("/login?");
    expect((await browser.get(pool.authorize({ prompt: "none" }))).query.get("error")).toBe("login_required");
  });

  it("is not signed in by a browser session once disabled", async () => {
    const { browser, arrival } = await signIn();
    await pool.cloud.call("AdminDisableUser", { Username: "jo" });
    expect((await browser.get(pool.authorize())).location).toContain("/login?");
    expect((await redeem(arrival.query.get("code") ?? "")).body).toMatchObject({ error: "invalid_grant" });
  });

  it("reads on the page that the password is wrong", async () => {
    const browser = pool.browser();
    const page = await browser.follow(await browser.get(pool.authorize()));
    const wrong = await browser.submit(page, { username: "jo", password: "no" });
    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain('role="alert">Incorrect username or password.');
    expect(wrong.html).not.toContain('value="no"');
    // The page can be used again.
    expect((await browser.submit(wrong, { username: "jo", password: PASSWORD })).query.has("code")).toBe(true);
  });

  it("may set a new password after a temporary one", async () => {
    await pool.cloud.call("AdminCreateUser", {
      Username: "kim",
      TemporaryPassword: PASSWORD,
      MessageAction: "SUPPRESS",
    });
    const browser = pool.browser();
    const page = await browser.follow(await browser.get(pool.authorize()));
    const next = await browser.submit(page, { username: "kim", password: PASSWORD });
    expect(next.html).toContain("Choose a new password");
    const done = await browser.submit(next, { new_password: "Another horse 2" });
    expect(done.query.has("code")).toBe(true);
    expect((await pool.cloud.call("AdminGetUser", { Username: "kim" })).UserStatus).toBe("CONFIRMED");
  });
});

describe("a stranger at the hosted sign-in", () => {
  beforeEach(async () => {
    pool = await hostedPool(withTriggers(), { pool: { AutoVerifiedAttributes: ["email"] } });
  });

  it("signs up, confirms, and signs in", async () => {
    const browser = pool.browser();
    const login = await browser.follow(await browser.get(pool.authorize()));
    const href = /href="([^"]*signup[^"]*)"/.exec(login.html)?.[1] ?? "";
    const page = await browser.get(href.replaceAll("&amp;", "&"));
    expect(page.html).toContain('autocomplete="new-password"');
    const typed = { username: "kim", password: PASSWORD, "userAttributes.email": "kim@example.org" };
    const confirm = await browser.submit(page, typed);
    expect(confirm.html).toContain("Confirm your account");
    const again = await browser.submit(confirm, {}, "Send the code again");
    expect(again.html).toContain("on its way");
    const back = await browser.submit(again, { code: pool.cloud.code() });
    const there = await browser.submit(await browser.follow(back), { username: "kim", password: PASSWORD });
    expect(there.query.has("code")).toBe(true);
    expect(pool.cloud.sources()).toEqual([
      "PreSignUp_SignUp",
      "PostConfirmation_ConfirmSignUp",
      "PreAuthentication_Authentication",
      "PostAuthentication_Authentication",
      "TokenGeneration_HostedAuth",
    ]);
  });

  it("who has not confirmed yet is asked for the code", async () => {
    await pool.cloud.call("SignUp", {
      Username: "kim",
      Password: PASSWORD,
      UserAttributes: [{ Name: "email", Value: "kim@example.org" }],
    });
    const browser = pool.browser();
    const login = await browser.follow(await browser.get(pool.authorize()));
    const page = await browser.submit(login, { username: "kim", password: PASSWORD });
    expect(page.html).toContain("Confirm your account");
    expect((await browser.submit(page, { code: "wrong1" })).html).toContain('role="alert"');
  });

  it("who forgot the password sets another", async () => {
    await pool.cloud.addUser("kim", { email: "kim@example.org", email_verified: "true" });
    const browser = pool.browser();
    const start = await browser.get(pool.authorize().replace("oauth2/authorize", "forgotPassword"));
    const codePage = await browser.submit(start, { username: "kim" });
    const done = await browser.submit(codePage, { code: pool.cloud.code(), password: "Another horse 2" });
    expect(done.location).toContain("/login?");
    const login = await browser.follow(done);
    expect((await browser.submit(login, { username: "kim", password: "Another horse 2" })).query.has("code")).toBe(
      true,
    );
  });
});

describe("a trigger's refusal", () => {
  const refuse = () => {
    throw new Error("NOT_TODAY");
  };

  it.each(["PreAuthentication", "PostAuthentication"] as const)("of %s is on the page", async (trigger) => {
    pool = await hostedPool(withTriggers({ [trigger]: refuse }));
    await pool.cloud.addUser("jo");
    const { arrival } = await signIn();
    expect(arrival.html).toContain(`${trigger} failed with error NOT_TODAY.`);
  });

  it("of PreTokenGeneration is in the query of the callback", async () => {
    pool = await hostedPool(withTriggers({ PreTokenGeneration: refuse }));
    await pool.cloud.addUser("jo");
    const { arrival } = await signIn();
    expect(Object.fromEntries(arrival.query)).toMatchObject({
      error: "invalid_request",
      error_description: "PreTokenGeneration failed with error NOT_TODAY.",
      state: "s t/a?te&=ü",
    });
    expect(arrival.query.has("code")).toBe(false);
  });
});
