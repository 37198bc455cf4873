import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  AdminDeleteUserCommand,
  ConfirmForgotPasswordCommand,
  DescribeUserPoolClientCommand,
  ForgotPasswordCommand,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { AxeResults } from "axe-core";
import * as oidc from "openid-client";
import type { Page } from "playwright-core";
import { type Arrival, Browser } from "../gateway/hosted/hosted-pool";
import { chromiumBrowser, closeBrowser, describePage } from "./browser";
import { blocks, duplicates } from "./cdktf";
import {
  claimsOf,
  cognito,
  describeCloud,
  endpoint,
  noteTokens,
  outputs,
  PASSWORD,
  pools,
  signInTo,
  signUpTo,
} from "./cloud";
import { functionOf } from "./functions";
import { attributesOf, confirm, mailed, newUser } from "./people";
import { withoutRight } from "./services";
import { used } from "./used-values";

const {
  hosted = "",
  providers,
  ...ids
} = pools.verified as typeof pools.verified & {
  hosted?: string;
  providers?: string[];
};
const origin = hosted.replace(/^(https?:\/\/[^/]+).*$/, "$1");
const provider = "Stranger";
const callback = outputs.web;

/** The pool as a library of others sees it. */
async function library(): Promise<oidc.Configuration> {
  const described = await fetch(`${endpoint}/${ids.userPoolId}/.well-known/openid-configuration`);
  const server = (await described.json()) as oidc.ServerMetadata;
  const configuration = new oidc.Configuration(server, ids.clientId, undefined, oidc.None());
  oidc.allowInsecureRequests(configuration);
  return configuration;
}

/** Goes from the library's address to the callback, by `walk`, and redeems the code. */
async function tokensBy(walk: (browser: Browser, address: string) => Promise<Arrival>, more: object = {}) {
  const configuration = await library();
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
  const address = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: "openid profile",
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...more,
  });
  const { location } = await walk(new Browser(origin, origin), address.href.slice(origin.length));
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
  const tokens = await oidc.authorizationCodeGrant(configuration, new URL(location), checks);
  noteTokens(tokens.access_token, tokens.id_token);
  if (tokens.refresh_token) used(tokens.refresh_token);
  return { configuration, tokens, claims: tokens.claims() };
}

/** Somebody signs in at the local identity provider. */
const asPerson = (person: string) => async (browser: Browser, path: string) => {
  const chooser = await browser.follow(await browser.get(path));
  const form = { person };
  const left = chooser.html.includes("Who are you?");
  expect(left).toBe(true);
  return browser.follow(await browser.send("POST", browser.path, new URLSearchParams(form)));
};

describeCloud("the hosted sign-in", () => {
  it("is in the outputs, with the provider of the verified pool", async () => {
    expect(hosted).toBe(`http://localhost:${new URL(endpoint).port}/${ids.userPoolId}`);
    expect(providers).toEqual([provider]);
    expect(pools.anonymous).toMatchObject({ hosted: expect.any(String), providers: [] });
    expect(outputs.provider).toBe(`${origin}/_provider`);
    const { userPoolId: UserPoolId, clientId: ClientId } = ids;
    const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(UserPoolClient?.SupportedIdentityProviders).toEqual(["COGNITO", provider]);
  });

  it("gives tokens to openid-client for a user with a password", async () => {
    const address = await newUser(ids);
    const { configuration, tokens, claims } = await tokensBy(async (browser, path) => {
      const page = await browser.follow(await browser.get(path));
      return browser.submit(page, { username: address, password: PASSWORD });
    });
    expect(claims).toMatchObject({ email: address, nonce: expect.any(String) });
    expect(await claimsOf(ids, "access", tokens.access_token)).toMatchObject({ scope: "openid profile" });
    expect(await claimsOf(ids, "id", tokens.id_token)).toMatchObject({ sub: claims?.sub });
    const info = await oidc.fetchUserInfo(configuration, tokens.access_token, claims?.sub ?? "");
    expect(info).toMatchObject({ email: address });
    const fresh = await oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? "");
    noteTokens(fresh.access_token, fresh.id_token);
    expect(fresh.claims()?.sub).toBe(claims?.sub);
    await oidc.tokenRevocation(configuration, tokens.refresh_token ?? "");
    await expect(oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
  });

  it("lets somebody with an unproven address in from the local identity provider, twice as the same user", async () => {
    const first = await tokensBy(asPerson("ben"), { identity_provider: provider });
    expect(first.claims).toMatchObject({
      "cognito:username": "stranger_ben",
      "cognito:groups": [`${ids.userPoolId}_${provider}`],
      email: "ben@example.org",
      identities: [{ userId: "ben", providerName: provider, primary: "true" }],
    });
    const second = await tokensBy(asPerson("ben"), { identity_provider: provider });
    expect(second.claims?.sub).toBe(first.claims?.sub);
    expect(await attributesOf(ids, "stranger_ben")).toMatchObject({ email_verified: "false" });
  });

  it("says in the callback why somebody is kept out", async () => {
    const denied = tokensBy(asPerson("dan"), { identity_provider: provider });
    await expect(denied).rejects.toMatchObject({
      error: "invalid_request",
      error_description: expect.stringMatching(/^PreSignUp failed with error /),
    });
    const gone = tokensBy(asPerson(""), { identity_provider: provider });
    await expect(gone).rejects.toMatchObject({ error: "access_denied" });
  });

  it("keeps out somebody whom the block list names as the provider does, and refreshes no tokens", async () => {
    const byProvider = () => tokensBy(asPerson("ben"), { identity_provider: provider });
    const { configuration, tokens } = await byProvider();
    await blocks("add", "user:Stranger_ben", "--name-only");
    try {
      const refused = /failed with error This user is no longer allowed to log in \[user-blocked\]/;
      await expect(byProvider()).rejects.toMatchObject({ error_description: expect.stringMatching(refused) });
      await expect(oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? "")).rejects.toThrow();
    } finally {
      await blocks("remove", "user:Stranger_ben", "--name-only");
    }
    expect((await byProvider()).claims).toMatchObject({ email: "ben@example.org" });
  });
});

describeCloud("one person, many doors", () => {
  const ada = "ada@example.org";
  const cleo = "Cleo@Example.NET";
  /** Everybody with this address, whom the next test must not find. */
  const withAddress = async (address: string) => {
    const input = { UserPoolId: ids.userPoolId, Filter: `email = "${address}"` };
    return (await cognito.send(new ListUsersCommand(input))).Users ?? [];
  };
  afterEach(async () => {
    for (const { Username } of [...(await withAddress(ada)), ...(await withAddress(cleo))])
      await cognito.send(new AdminDeleteUserCommand({ UserPoolId: ids.userPoolId, Username }));
  });
  const through = (person: string) => tokensBy(asPerson(person), { identity_provider: provider });
  /** The sign-in that makes a link fails, as on AWS. */
  const linkFirst = (person: string) =>
    expect(through(person)).rejects.toMatchObject({
      error_description: `Already found an entry for username stranger_${person}`,
    });

  it("signs up by mail and comes from the provider later: one sub", async () => {
    await signUpTo(ids, ada, { email: ada });
    await confirm(ada, await mailed(ada), ids);
    const { sub } = (await signInTo(ids, ada)).getIdToken().payload;
    await linkFirst("ada");
    const { claims } = await through("ada");
    expect(claims).toMatchObject({ sub, email: ada, identities: [{ userId: "ada", primary: "false" }] });
    expect((await signInTo(ids, ada)).getIdToken().payload.sub).toBe(sub);
    expect(await withAddress(ada)).toHaveLength(1);
    // Who only claims the address stays apart.
    const other = await through("ada_2");
    expect(other.claims?.sub).not.toBe(sub);
    expect(other.claims?.["cognito:username"]).toBe("stranger_ada_2");
    const lines = (await duplicates("--pool", "verified", "--json")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toContainEqual({
      pool: "identity-local-verified",
      address: ada,
      profiles: expect.arrayContaining([
        expect.objectContaining({ sub, doors: ["Stranger_ada"], emailVerified: true, madeByProvider: false }),
        expect.objectContaining({
          sub: other.claims?.sub,
          doors: ["Stranger_ada_2"],
          emailVerified: false,
          madeByProvider: true,
        }),
      ]),
    });
  });

  it("comes from the provider and sets a password later: one sub", async () => {
    await linkFirst("cleo|2b/7");
    const first = await through("cleo|2b/7");
    await cognito.send(new ForgotPasswordCommand({ ClientId: ids.clientId, Username: cleo }));
    const code = { ConfirmationCode: await mailed(cleo), Password: PASSWORD };
    await cognito.send(new ConfirmForgotPasswordCommand({ ClientId: ids.clientId, Username: cleo, ...code }));
    const { sub } = (await signInTo(ids, cleo)).getIdToken().payload;
    expect(first.claims?.sub).toBe(sub);
    expect((await through("cleo|2b/7")).claims?.sub).toBe(sub);
    expect(await withAddress(cleo)).toHaveLength(1);
  });

  it("is refused and gets no separate profile while pre sign-up lacks one of its rights, and comes in afterwards", async () => {
    const { role } = await functionOf("identity-local-verified-pre-sign-up");
    for (const operation of [
      "AdminGetUser",
      "ListUsers",
      "AdminCreateUser",
      "AdminSetUserPassword",
      "AdminLinkProviderForUser",
    ]) {
      const refused = withoutRight(role, `cognito-idp:${operation}`, () =>
        expect(through("cleo|2b/7")).rejects.toMatchObject({
          error_description: "PreSignUp failed with error Something went wrong, please try again later.",
        }),
      );
      await refused;
    }
    const [made, ...others] = await withAddress(cleo);
    expect(others).toEqual([]);
    expect(made?.UserStatus).toBe("CONFIRMED");
    await linkFirst("cleo|2b/7");
    expect((await through("cleo|2b/7")).claims?.sub).toBe(made?.Username);
  });
});

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What keeps some people from using a page. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  return violations.map(({ id }) => id);
}

describePage("the hosted sign-in in Chromium", () => {
  closeBrowser();
  const frontEnd = createServer((_, outgoing) => outgoing.setHeader("content-type", "text/html").end("<p>Here</p>"));
  beforeAll(() => new Promise<void>((resolve) => frontEnd.listen(0, "127.0.0.1", resolve)));
  afterAll(() => void frontEnd.close());

  it("leads from a front end through the provider and back, and gives it the tokens", async () => {
    const context = await (await chromiumBrowser()).newContext();
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    // The page is at the callback, and leaves alone what it did not ask for.
    const verifier = oidc.randomPKCECodeVerifier();
    const query = new URLSearchParams({
      client_id: ids.clientId,
      response_type: "code",
      redirect_uri: callback,
      state: "s",
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    await page.goto(`${hosted}/oauth2/authorize?${query}`);
    expect(await faults(page)).toEqual([]);
    await page.getByRole("link", { name: `Sign in with ${provider}` }).click();
    expect(await faults(page)).toEqual([]);
    await page.getByRole("button", { name: /Ben/ }).click();
    await page.waitForURL(`${callback}?*`);
    const arrived = new URL(page.url()).searchParams;
    expect(used(arrived.get("code") ?? "")).not.toBe("");
    expect(arrived.get("state")).toBe("s");
    const form = { grant_type: "authorization_code", client_id: ids.clientId, redirect_uri: callback };
    const body = new URLSearchParams({ ...form, code: arrived.get("code") ?? "", code_verifier: verifier }).toString();
    // A front end of this machine is of another origin than the pool, and its second request needs a preflight.
    await page.goto(`http://localhost:${(frontEnd.address() as AddressInfo).port}/`);
    const info = await page.evaluate(
      async ([base, sent]) => {
        const headers = { "content-type": "application/x-www-form-urlencoded" };
        const answer = await fetch(`${base}/oauth2/token`, { method: "POST", body: sent, headers });
        const tokens = (await answer.json()) as { access_token: string };
        const authorization = `Bearer ${tokens.access_token}`;
        return (await fetch(`${base}/oauth2/userInfo`, { headers: { authorization } })).json();
      },
      [hosted, body],
    );
    expect(info).toMatchObject({ username: "stranger_ben", email: "ben@example.org" });
    expect(problems.filter((text) => !text.includes("favicon"))).toEqual([]);
    await context.close();
  });

  it("takes a password, from a link of another site too", async () => {
    const address = await newUser(ids);
    const context = await (await chromiumBrowser()).newContext();
    const page = await context.newPage();
    await context.route(`${callback}**`, (route) => route.fulfill({ body: "back" }));
    const query = new URLSearchParams({ client_id: ids.clientId, response_type: "code", redirect_uri: callback });
    const link = `<a href="${hosted}/oauth2/authorize?${query}">Sign in</a>`;
    await context.route("http://evil.example/", (route) => route.fulfill({ body: link, contentType: "text/html" }));
    await page.goto("http://evil.example/");
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Email address").fill(address);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${callback}?*`);
    expect(used(new URL(page.url()).searchParams.get("code") ?? "")).not.toBe("");
    await context.close();
  });
});
