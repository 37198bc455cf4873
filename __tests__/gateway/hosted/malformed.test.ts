import { createHash } from "node:crypto";
import { PASSWORD } from "../fake-cloud";
import { POOL_ID } from "../srp-client";
import { type Browser, CALLBACK, type HostedPool, hostedClient, hostedPool, verifier } from "./hosted-pool";

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

const secretClient = { ...hostedClient, ClientId: "secret", ClientSecret: "s+e:c/ret" };
const closedClient = { ...hostedClient, ClientId: "closed", AllowedOAuthFlowsUserPoolClient: false };
const otherClient = { ...hostedClient, ClientId: "other" };

let pool: HostedPool;
let browser: Browser;
beforeAll(async () => {
  pool = await hostedPool({}, { clients: [secretClient, closedClient, otherClient] });
  await pool.cloud.addUser("jo", { email: "jo@example.org" });
  browser = pool.browser();
  const page = await browser.follow(await browser.get(pool.authorize()));
  await browser.submit(page, { username: "jo", password: PASSWORD });
});
afterAll(() => pool.close());

const newCode = async (changes: Record<string, string | undefined> = {}) =>
  (await browser.get(pool.authorize(changes))).query.get("code") ?? "";

describe("an authorization request that may not go back", () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    ["without a client", { client_id: undefined }, "invalid_request"],
    ["of an unknown client", { client_id: "nobody" }, "invalid_client"],
    ["without a callback", { redirect_uri: undefined }, "invalid_request"],
    ["to a foreign address", { redirect_uri: "https://evil.example/" }, "redirect_mismatch"],
    ["to the callback with a longer path", { redirect_uri: `${CALLBACK}/x` }, "redirect_mismatch"],
    ["to the callback with a shorter query", { redirect_uri: "http://localhost:3000/callback" }, "redirect_mismatch"],
    ["to the callback in capitals", { redirect_uri: CALLBACK.toUpperCase() }, "redirect_mismatch"],
    ["to a user of that name", { redirect_uri: "http://localhost:3000@evil.example/" }, "redirect_mismatch"],
    ["to a script", { redirect_uri: "javascript:alert(1)" }, "redirect_mismatch"],
  ])("%s is a page with an error", async (_, changes, error) => {
    for (const path of [pool.authorize(changes), pool.authorize(changes).replace("oauth2/authorize", "login")]) {
      const { status, location, html } = await browser.get(path);
      expect({ status, location }).toEqual({ status: 400, location: "" });
      expect(html).toContain(`Error: ${error}`);
    }
  });

  it("with a parameter twice", async () => {
    const { status, location } = await browser.get(`${pool.authorize()}&redirect_uri=https://evil.example/`);
    expect({ status, location }).toEqual({ status: 400, location: "" });
  });
});

describe("an authorization request that goes back with an error", () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    ["without a response type", { response_type: undefined }, "invalid_request"],
    ["for tokens in the fragment", { response_type: "token" }, "unsupported_response_type"],
    ["for two response types", { response_type: "code id_token" }, "unsupported_response_type"],
    ["for an answer in the fragment", { response_mode: "fragment" }, "invalid_request"],
    ["with a request object", { request: "eyJ" }, "request_not_supported"],
    ["with the address of one", { request_uri: "https://evil.example/" }, "request_uri_not_supported"],
    ["for an unknown scope", { scope: "openid admin" }, "invalid_scope"],
    ["for a scope that needs openid", { scope: "email" }, "invalid_scope"],
    ["with a plain challenge", { code_challenge_method: "plain" }, "invalid_request"],
    ["with a challenge of no method", { code_challenge_method: undefined }, "invalid_request"],
    ["with a method and no challenge", { code_challenge: undefined }, "invalid_request"],
    ["with a challenge that is no hash", { code_challenge: "short" }, "invalid_request"],
    ["of a client without the hosted sign-in", { client_id: "closed" }, "unauthorized_client"],
  ])("%s", async (_, changes, error) => {
    const { location, query } = await browser.get(pool.authorize(changes));
    expect(location.startsWith(`${CALLBACK}&`)).toBe(true);
    expect(query.get("error")).toBe(error);
    expect(query.get("error_description")).toMatch(/\.$/);
    expect(query.get("state")).toBe("s t/a?te&=ü");
    expect(location).not.toContain("#");
  });
});

describe("a code", () => {
  const redeem = async (changes: Record<string, string | undefined>, code?: string) => {
    const all = {
      grant_type: "authorization_code",
      client_id: "client",
      redirect_uri: CALLBACK,
      code: code ?? (await newCode()),
      code_verifier: verifier,
      ...changes,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return pool.call("oauth2/token", Object.fromEntries(given));
  };

  it.each<[string, Record<string, string | undefined>, string]>([
    ["without a grant type", { grant_type: undefined }, "invalid_request"],
    ["by a password", { grant_type: "password" }, "unsupported_grant_type"],
    ["by a machine", { grant_type: "client_credentials" }, "unsupported_grant_type"],
    ["without a client", { client_id: undefined }, "invalid_request"],
    ["by an unknown client", { client_id: "nobody" }, "invalid_client"],
    ["by another client", { client_id: "other" }, "invalid_grant"],
    ["by a client that does not prove its secret", { client_id: "secret" }, "invalid_client"],
    ["by a client with a wrong secret", { client_id: "secret", client_secret: "wrong" }, "invalid_client"],
    [
      "by a client with a secret of as many letters",
      { client_id: "secret", client_secret: "é".repeat(9) },
      "invalid_client",
    ],
    ["by a public client with a secret", { client_secret: "any" }, "invalid_client"],
    ["that is missing", { code: undefined }, "invalid_request"],
    ["that nobody made", { code: "0000" }, "invalid_grant"],
    ["without its callback", { redirect_uri: undefined }, "invalid_grant"],
    ["for another callback of the client", { redirect_uri: "myapp://callback" }, "invalid_grant"],
    ["without its verifier", { code_verifier: undefined }, "invalid_grant"],
    ["with another verifier", { code_verifier: "a".repeat(43) }, "invalid_grant"],
    ["with a verifier that is too short", { code_verifier: "a" }, "invalid_grant"],
    ["with the challenge as its verifier", { code_verifier: sha256(verifier) }, "invalid_grant"],
    ["of a refresh", { grant_type: "refresh_token", refresh_token: "made-up" }, "invalid_grant"],
  ])("%s gets no tokens", async (_, changes, error) => {
    const { status, body } = await redeem(changes);
    expect({ status, error: body.error }).toEqual({ status: 400, error });
    expect(Object.keys(body).sort()).toEqual(["error", "error_description"]);
  });

  it("without a challenge takes no verifier", async () => {
    const code = await newCode({ code_challenge: undefined, code_challenge_method: undefined });
    expect((await redeem({}, code)).body.error).toBe("invalid_grant");
    expect((await redeem({ code_verifier: undefined }, code)).status).toBe(200);
  });

  it("that was tried wrongly by another client is still good for its own", async () => {
    const code = await newCode();
    expect((await redeem({ client_id: "other" }, code)).status).toBe(400);
    expect((await redeem({}, code)).status).toBe(200);
  });

  it("that comes twice revokes the tokens of the first time", async () => {
    const code = await newCode();
    const { body } = await redeem({}, code);
    const info = () => pool.call("oauth2/userInfo", {}, { authorization: `Bearer ${body.access_token}` });
    expect((await info()).status).toBe(200);
    expect((await redeem({}, code)).body.error).toBe("invalid_grant");
    expect((await info()).status).toBe(401);
  });

  it("is redeemed once, by several at a time", async () => {
    const code = await newCode();
    const answers = await Promise.all(Array.from({ length: 5 }, () => redeem({}, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it("is no longer good after five minutes", async () => {
    const code = await newCode();
    const later = Date.now() + 5 * 60_000 + 1;
    const clock = jest.spyOn(Date, "now").mockReturnValue(later);
    expect((await redeem({}, code)).body.error).toBe("invalid_grant");
    clock.mockRestore();
    expect((await redeem({}, code)).status).toBe(200);
  });

  it("of a client with a secret is redeemed with it, in either place", async () => {
    const basic = `Basic ${Buffer.from("secret:s%2Be%3Ac%2Fret").toString("base64")}`;
    const form = async () => ({
      grant_type: "authorization_code",
      redirect_uri: CALLBACK,
      code: await newCode({ client_id: "secret" }),
      code_verifier: verifier,
    });
    expect((await pool.call("oauth2/token", await form(), { authorization: basic })).status).toBe(200);
    const inForm = { ...(await form()), client_id: "secret", client_secret: "s+e:c/ret" };
    expect((await pool.call("oauth2/token", inForm)).status).toBe(200);
  });
});

describe("a client that names itself in the Authorization header", () => {
  const form = { grant_type: "refresh_token", refresh_token: "x" };
  const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

  it.each<[string, string, Record<string, string>, number, string]>([
    ["with a wrong secret", basic("secret:wrong"), {}, 401, "invalid_client"],
    ["without a colon", basic("secret"), {}, 401, "invalid_client"],
    ["with a broken encoding", basic("secret:%zz"), {}, 401, "invalid_client"],
    ["with another scheme", "Bearer x", {}, 401, "invalid_client"],
    ["and differently in the form", basic("secret:s%2Be%3Ac%2Fret"), { client_id: "client" }, 400, "invalid_request"],
    ["and with a secret in the form", basic("secret:x"), { client_secret: "x" }, 400, "invalid_request"],
  ])("%s", async (_, authorization, more, status, error) => {
    const answer = await pool.call("oauth2/token", { ...form, ...more }, { authorization });
    expect({ status: answer.status, error: answer.body.error }).toEqual({ status, error });
    expect(answer.headers.has("www-authenticate")).toBe(status === 401);
  });
});

describe("a request to an endpoint for clients", () => {
  it("with JSON, or a parameter twice", async () => {
    const type = { "content-type": "application/json" };
    expect((await pool.call("oauth2/token", {}, type)).body.error).toBe("invalid_request");
    const twice = new URLSearchParams("client_id=client&client_id=other&grant_type=refresh_token&refresh_token=x");
    expect((await pool.call("oauth2/token", twice)).body.error).toBe("invalid_request");
  });

  it.each<[string, Record<string, string>, number, string]>([
    ["no token", {}, 401, "invalid_request"],
    ["another scheme", { authorization: "Basic eA==" }, 400, "invalid_request"],
    ["a token that nobody signed", { authorization: "Bearer a.b.c" }, 401, "invalid_token"],
  ])("with %s, at userInfo", async (_, headers, status, error) => {
    const answer = await pool.call("oauth2/userInfo", {}, headers);
    expect({ status: answer.status, error: answer.body.error }).toEqual({ status, error });
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer realm="cognito"/);
  });

  it("with a token of too few scopes, at userInfo", async () => {
    const scope = "aws.cognito.signin.user.admin";
    const code = await newCode({ scope });
    const { body } = await pool.call("oauth2/token", {
      grant_type: "authorization_code",
      client_id: "client",
      redirect_uri: CALLBACK,
      code,
      code_verifier: verifier,
    });
    const answer = await pool.call("oauth2/userInfo", {}, { authorization: `Bearer ${body.access_token}` });
    expect({ status: answer.status, error: answer.body.error }).toEqual({ status: 403, error: "insufficient_scope" });
  });

  it("to revoke: an access token, none, and one that nobody made", async () => {
    const revoke = (token: string) => pool.call("oauth2/revoke", { client_id: "client", token });
    expect((await revoke("a.b.c")).body.error).toBe("unsupported_token_type");
    expect((await revoke("")).body.error).toBe("invalid_request");
    expect((await revoke("made-up")).status).toBe(200);
  });

  it("by a wrong method", async () => {
    const { status, headers } = await browser.get(`/${POOL_ID}/oauth2/token`);
    expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "POST" });
  });
});

describe("a form of the sign-in page", () => {
  const typed = { username: "jo", password: PASSWORD };

  it("without the text of its cookie is refused", async () => {
    const mine = pool.browser();
    const page = await mine.follow(await mine.get(pool.authorize()));
    expect((await mine.submit(page, { ...typed, _csrf: "guessed" })).status).toBe(403);
    expect((await pool.browser().submit(page, typed)).status).toBe(403);
    mine.cookies.clear();
    expect((await mine.submit(page, { ...typed, _csrf: "" })).status).toBe(403);
  });

  it("of another site is refused, even with it", async () => {
    const mine = pool.browser();
    const page = await mine.follow(await mine.get(pool.authorize()));
    const token = /name="_csrf" value="([^"]*)"/.exec(page.html)?.[1] ?? "";
    const path = pool.authorize().replace("oauth2/authorize", "login");
    const form = new URLSearchParams({ ...typed, _csrf: token });
    for (const origin of ["http://evil.example", "http://localhost:3000", "null"])
      expect((await mine.send("POST", path, form, { origin })).status).toBe(403);
    expect((await mine.send("POST", path, form, { origin: "http://localhost:4566" })).status).toBe(303);
  });

  it("shows nothing of the address as HTML", async () => {
    const evil = `"><script>alert(1)</script>`;
    const page = await browser.get(
      pool.authorize({ state: evil, login_hint: evil }).replace("oauth2/authorize", "login"),
    );
    expect(page.status).toBe(200);
    expect(page.html).not.toContain("<script>");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("cache-control")).toBe("no-store");
  });

  it("has cookies that no script reads, for this pool alone", async () => {
    const mine = pool.browser();
    const page = await mine.follow(await mine.get(pool.authorize()));
    const done = await mine.submit(page, typed);
    const lines = [...page.headers.getSetCookie(), ...done.headers.getSetCookie()];
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(new RegExp(`; Path=/${POOL_ID}/; HttpOnly; SameSite=(Strict|Lax)`));
  });
});

describe("the logout", () => {
  it.each<[string, string]>([
    ["to a foreign address", "client_id=client&logout_uri=https://evil.example/"],
    ["without a client", "logout_uri=http://localhost:3000/"],
    ["of an unknown client", "client_id=nobody&logout_uri=http://localhost:3000/"],
    ["without an address", "client_id=client"],
    [
      "to a callback that is not the client's",
      "client_id=client&response_type=code&redirect_uri=https://evil.example/",
    ],
  ])("%s is a page with an error, and signs nobody out", async (_, query) => {
    const { status, location } = await browser.get(`/${POOL_ID}/logout?${query}`);
    expect({ status, location }).toEqual({ status: 400, location: "" });
    expect(await newCode()).not.toBe("");
  });
});

it("a pool without a domain has no hosted sign-in", async () => {
  const without = await hostedPool({}, { pool: { Domain: undefined } });
  expect((await without.browser().get(without.authorize())).status).toBe(404);
  await without.close();
});
