import { decodeJwt } from "jose";
import { PASSWORD, type TriggerEvent } from "../fake-cloud";
import { CALLBACK, type HostedPool, hostedClient, hostedPool, verifier } from "../hosted/hosted-pool";
import { POOL_ID } from "../srp-client";
import { comeThrough, pathOf, type Stranger, stranger } from "./stranger";

const jo = { sub: "a_B c/1".replace(" ", "-"), email: "jo@example.org", email_verified: true, name: "Jo" };
const userName = `Outer_${jo.sub}`;
const nothing = () => undefined;
const triggers = {
  PreSignUp: nothing,
  PostConfirmation: nothing,
  PreAuthentication: nothing,
  PostAuthentication: nothing,
  PreTokenGeneration: nothing,
  CustomMessage: nothing,
};

let pool: HostedPool;
let outer: Stranger;
beforeAll(async () => {
  outer = await stranger();
});
afterAll(() => outer.close());
afterEach(async () => {
  Object.assign(outer, { lies: {}, forges: false, expiry: "5m" });
  outer.failWith = undefined;
  await pool.close();
});

const client = { SupportedIdentityProviders: ["COGNITO", "Outer", "OuterToo", "Old"] };
const providers = () => [outer.named("Outer"), outer.named("OuterToo"), { ProviderName: "Old", ProviderType: "SAML" }];
async function open(
  functions: Parameters<typeof hostedPool>[0] = {},
  more: Parameters<typeof hostedPool>[1] = {},
  known = providers(),
) {
  const aws = {
    groups: async () => [{ GroupName: `${POOL_ID}_Outer` }],
    identityProvider: async (_: string, name: string) => known.find(({ ProviderName }) => ProviderName === name),
  };
  pool = await hostedPool({ ...triggers, ...functions }, { client, aws, ...more });
}

const redeem = async (code: string | null) => {
  const form = {
    grant_type: "authorization_code",
    client_id: "client",
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  };
  return (await pool.call("oauth2/token", { ...form, code: code ?? "" })).body;
};
const statusOf = async (Username: string) => (await pool.cloud.call("AdminGetUser", { Username })).UserStatus;
const attributesOf = async (Username: string) =>
  Object.fromEntries(
    ((await pool.cloud.call("AdminGetUser", { Username })).UserAttributes ?? []).map(({ Name, Value }) => [
      Name,
      Value,
    ]),
  );

describe("somebody from another provider", () => {
  it("becomes a user the first time, with these triggers", async () => {
    await open();
    const { query, location } = await comeThrough(pool, outer, jo);
    expect(location.startsWith(`${CALLBACK}&code=`)).toBe(true);
    expect(query.get("state")).toBe("s t/a?te&=ü");
    expect(pool.cloud.sources()).toEqual([
      "PreSignUp_ExternalProvider",
      "PostConfirmation_ConfirmSignUp",
      "TokenGeneration_HostedAuth",
    ]);
    const [first, second] = pool.cloud.events;
    expect(first).toMatchObject({ userName, callerContext: { clientId: "client" } });
    expect(first?.request.userAttributes).toEqual({
      "cognito:email_alias": "",
      "cognito:phone_number_alias": "",
      email: "jo@example.org",
      email_verified: "true",
      name: "Jo",
    });
    expect(second?.request.userAttributes).toMatchObject({
      "cognito:user_status": "EXTERNAL_PROVIDER",
      identities: expect.any(String),
    });
    expect(await statusOf(userName)).toBe("EXTERNAL_PROVIDER");
  });

  it("runs others later", async () => {
    await open();
    await comeThrough(pool, outer, jo);
    pool.cloud.events.length = 0;
    await comeThrough(pool, outer, { ...jo, name: "Joanna" });
    expect(pool.cloud.sources()).toEqual([
      "PreAuthentication_Authentication",
      "PostAuthentication_Authentication",
      "TokenGeneration_HostedAuth",
    ]);
    expect(await attributesOf(userName)).toMatchObject({ name: "Joanna" });
  });

  it("has the identity in attributes and tokens, in Cognito's forms, and is in the provider's group", async () => {
    await open();
    const { query } = await comeThrough(pool, outer, jo);
    const { identities = "" } = await attributesOf(userName);
    const identity = { userId: jo.sub, providerName: "Outer", providerType: "OIDC", issuer: null };
    expect(JSON.parse(identities)).toEqual([{ ...identity, primary: true, dateCreated: expect.any(Number) }]);
    const { id_token = "" } = await redeem(query.get("code"));
    expect(decodeJwt(id_token)).toMatchObject({
      "cognito:username": userName,
      "cognito:groups": [`${POOL_ID}_Outer`],
      identities: [{ ...identity, primary: "true", dateCreated: expect.stringMatching(/^\d+$/) }],
    });
    const request = pool.cloud.events.at(-1)?.request;
    expect(request?.userAttributes).toMatchObject({ identities });
  });

  it("sends the provider a verifier, a nonce and the secret, and none of the app client's state", async () => {
    await open();
    const leaving = await pool.browser().get(pool.authorize({ identity_provider: "Outer" }));
    const asked = new URL(leaving.location).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      client_id: "local",
      scope: "openid email",
      response_type: "code",
      redirect_uri: `http://localhost:4566/${POOL_ID}/oauth2/idpresponse`,
      code_challenge_method: "S256",
    });
    expect(asked.get("state")).not.toBe("s t/a?te&=ü");
    expect(asked.get("nonce")).not.toBe("n+once");
    await comeThrough(pool, outer, jo);
    expect(outer.asked.get("client_secret")).toBe("known to both");
  });

  it("cannot sign in by password, nor ask for one", async () => {
    await open();
    await comeThrough(pool, outer, jo);
    const password = { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME: userName, PASSWORD } };
    await expect(pool.cloud.call("InitiateAuth", password)).rejects.toThrow("Incorrect username or password.");
    await expect(pool.cloud.call("ForgotPassword", { Username: userName })).rejects.toThrow(
      "User password cannot be reset in the current state.",
    );
  });

  it("finds the doors on the sign-in page", async () => {
    await open();
    const browser = pool.browser();
    const { html } = await browser.follow(await browser.get(pool.authorize()));
    expect(html).toContain("Sign in with Outer</a>");
    const href = /href="([^"]*identity_provider=Outer)"/.exec(html)?.[1] ?? "";
    expect((await browser.get(href.replaceAll("&amp;", "&"))).location).toContain("/authorize?");
  });

  it("goes straight to the only provider of an app client", async () => {
    await open({}, { client: { ...hostedClient, SupportedIdentityProviders: ["Outer"] } });
    expect((await pool.browser().get(pool.authorize())).location).toMatch(/^http:\/\/127/);
  });

  it("is asked again where another provider is named, and not where it is the same", async () => {
    await open();
    const browser = pool.browser();
    await comeThrough(pool, outer, jo, "Outer", browser);
    expect((await browser.get(pool.authorize({ identity_provider: "Outer" }))).query.has("code")).toBe(true);
    expect((await browser.get(pool.authorize())).query.has("code")).toBe(true);
    expect((await browser.get(pool.authorize({ identity_provider: "OuterToo" }))).location).toMatch(/^http:\/\/127/);
    expect((await browser.get(pool.authorize({ identity_provider: "COGNITO" }))).location).toContain("/login?");
  });

  it("is asked again by an app client that does not offer the provider of the earlier sign-in", async () => {
    await open();
    const browser = pool.browser();
    await comeThrough(pool, outer, jo, "Outer", browser);
    const own = { ...hostedClient, SupportedIdentityProviders: ["COGNITO"] };
    jest.spyOn(pool.cloud.context.aws, "client").mockImplementation(async () => ({
      pool: await pool.cloud.context.aws.pool(POOL_ID),
      client: { ...own, ClientId: "client" },
    }));
    const { query, location } = await browser.get(pool.authorize());
    expect(query.has("code")).toBe(false);
    expect(location).toContain("/login?");
  });

  it("keeps the sign-in where somebody else has taken the sub as a user name", async () => {
    await open();
    const browser = pool.browser();
    const { query } = await comeThrough(pool, outer, jo, "Outer", browser);
    const { sub = "" } = decodeJwt((await redeem(query.get("code"))).id_token ?? "");
    await pool.cloud.addUser(sub);
    const again = await browser.get(pool.authorize());
    expect(decodeJwt((await redeem(again.query.get("code"))).id_token ?? "").sub).toBe(sub);
  });

  it("has no proven address where the ID token has the flag, and userInfo another address", async () => {
    await open();
    outer.lies = { email: "jo@example.org", email_verified: true };
    await comeThrough(pool, outer, { sub: jo.sub, email: "ann@example.org" });
    expect(await attributesOf(userName)).toMatchObject({ email: "ann@example.org", email_verified: "false" });
  });

  it("does not come in with an ID token for another app", async () => {
    await open();
    outer.lies = { azp: "another" };
    expect((await comeThrough(pool, outer, jo)).query.get("code")).toBeNull();
  });

  it.each([
    [true, "true"],
    ["True", "True"],
    ["1", "1"],
    [false, "false"],
    [undefined, "false"],
  ])("has an address as proven as the provider says: %p", async (email_verified, written) => {
    await open(
      {},
      {
        pool: { SchemaAttributes: ["sub", "email", "email_verified", "name"].map((Name) => ({ Name, Mutable: true })) },
      },
    );
    await comeThrough(pool, outer, { ...jo, email_verified });
    expect(await attributesOf(userName)).toMatchObject({ email_verified: written });
  });

  it("leaves the address to a user with a password, before and after", async () => {
    await open({}, { pool: { UsernameAttributes: ["email"] } });
    await pool.cloud.addUser(jo.email);
    expect((await comeThrough(pool, outer, jo)).query.has("code")).toBe(true);
    const other = { ...jo, sub: "2", email: "kim@example.org" };
    expect((await comeThrough(pool, outer, other)).query.has("code")).toBe(true);
    await pool.cloud.addUser("kim@example.org");
  });
});

describe("a trigger's refusal is in the query of the callback", () => {
  const refuse = () => {
    throw new Error("NOT_TODAY");
  };

  it.each(["PreSignUp", "PostConfirmation", "PreTokenGeneration"] as const)(
    "of %s, the first time",
    async (trigger) => {
      await open({ [trigger]: refuse });
      const { query } = await comeThrough(pool, outer, jo);
      expect(Object.fromEntries(query)).toMatchObject({
        error: "invalid_request",
        error_description: `${trigger} failed with error NOT_TODAY.`,
        state: "s t/a?te&=ü",
      });
      expect(query.has("code")).toBe(false);
      if (trigger === "PreSignUp") await expect(statusOf(userName)).rejects.toThrow("User does not exist.");
    },
  );

  it.each(["PreAuthentication", "PostAuthentication"] as const)("of %s, later", async (trigger) => {
    let refuses = false;
    await open({ [trigger]: () => (refuses ? refuse() : undefined) });
    await comeThrough(pool, outer, jo);
    refuses = true;
    const { query } = await comeThrough(pool, outer, jo);
    expect(query.get("error_description")).toBe(`${trigger} failed with error NOT_TODAY.`);
  });
});

describe("nobody comes in", () => {
  const refusal = async (arriving: Promise<{ query: URLSearchParams }>) => {
    const { query } = await arriving;
    expect(query.has("code")).toBe(false);
    expect(query.get("state")).toBe("s t/a?te&=ü");
    return query.get("error_description");
  };

  it("who is disabled", async () => {
    await open();
    await comeThrough(pool, outer, jo);
    await pool.cloud.call("AdminDisableUser", { Username: userName });
    expect(await refusal(comeThrough(pool, outer, jo))).toBe("User is not enabled.");
  });

  it("with an answer that was used", async () => {
    await open();
    const browser = pool.browser();
    const leaving = await browser.get(pool.authorize({ identity_provider: "Outer" }));
    const back = pathOf(outer.signIn(leaving.location, jo));
    expect((await browser.get(back)).query.has("code")).toBe(true);
    expect(await browser.get(back)).toMatchObject({ status: 400, location: "" });
  });

  it("in another browser, with another state, or too late", async () => {
    await open();
    const browser = pool.browser();
    const leave = async () =>
      pathOf(outer.signIn((await browser.get(pool.authorize({ identity_provider: "Outer" }))).location, jo));
    expect(await pool.browser().get(await leave())).toMatchObject({ status: 400, location: "" });
    expect(await browser.get((await leave()).replace(/state=.*/, "state=guessed"))).toMatchObject({ status: 400 });
    expect(await browser.get((await leave()).replace(/&state=.*/, ""))).toMatchObject({ status: 400 });
    const late = await leave();
    const clock = jest.spyOn(Date, "now").mockReturnValue(Date.now() + 11 * 60_000);
    expect(await browser.get(late)).toMatchObject({ status: 400 });
    clock.mockRestore();
  });

  it.each([
    ["for another client", { aud: "other" }],
    ["of another issuer", { iss: "http://evil.example" }],
    ["for another sign-in", { nonce: "other" }],
    ["of another person than userInfo's", { sub: "other" }],
  ])("with an ID token %s", async (_, lies) => {
    await open();
    outer.lies = lies;
    expect(await refusal(comeThrough(pool, outer, jo))).toMatch(/^Outer Error - its answer cannot be used/);
    expect(pool.cloud.sources()).toEqual([]);
  });

  it("with an ID token that has expired, or that another key has signed", async () => {
    await open();
    outer.expiry = "-5m";
    expect(await refusal(comeThrough(pool, outer, jo))).toMatch(/^Outer Error - its answer cannot be used/);
    outer.expiry = "5m";
    outer.forges = true;
    expect(await refusal(comeThrough(pool, outer, jo))).toMatch(/^Outer Error - its answer cannot be used/);
  });

  it("whom the provider refuses", async () => {
    await open();
    const browser = pool.browser();
    const leaving = await browser.get(pool.authorize({ identity_provider: "Outer" }));
    const back = pathOf(outer.signIn(leaving.location, jo)).replace(/code=[^&]*/, "error=access_denied");
    const { query } = await browser.get(back);
    expect(Object.fromEntries(query)).toMatchObject({
      error: "access_denied",
      error_description: expect.stringMatching(/^Outer Error - access_denied/),
    });
    outer.failWith = { status: 401, body: { error: "invalid_client", error_description: "wrong secret" } };
    expect(await refusal(comeThrough(pool, outer, jo))).toBe("Outer Error - invalid_client wrong secret");
  });

  it("without an attribute that the pool requires", async () => {
    const SchemaAttributes = [
      { Name: "email", Required: true, Mutable: true },
      { Name: "email_verified", Mutable: true },
      { Name: "name", Mutable: true },
    ];
    await open({}, { pool: { SchemaAttributes } });
    expect(await refusal(comeThrough(pool, outer, { sub: "1" }))).toBe("attributes required: [email]");
  });

  it("with an attribute that the app client may not write, or that cannot change", async () => {
    await open({}, { client: { ...client, WriteAttributes: ["email"] } });
    expect(await refusal(comeThrough(pool, outer, jo))).toBe("A client attempted to write unauthorized attribute");
    await pool.close();
    const SchemaAttributes = ["email", "email_verified", "name"].map((Name) => ({ Name, Mutable: Name !== "name" }));
    await open({}, { pool: { SchemaAttributes } });
    await comeThrough(pool, outer, jo);
    expect(await refusal(comeThrough(pool, outer, jo))).toBe("user.name: Attribute cannot be updated.");
  });

  it.each([
    ["under a name that a user of the pool has", "Outer_1", "1", "Outer"],
    ["under a name that begins like another provider's", "OuterToo_1", "1", "OuterToo"],
  ])("%s", async (_, taken, sub, provider) => {
    await open();
    await pool.cloud.addUser(taken);
    expect(await refusal(comeThrough(pool, outer, { sub }, provider))).toBe(
      `Already found an entry for username ${taken}`,
    );
  });

  it("as somebody whose subject differs in its case, or runs into the provider's name", async () => {
    await open({}, { pool: { UsernameConfiguration: { CaseSensitive: false } } });
    await comeThrough(pool, outer, { sub: "abc" });
    expect(await refusal(comeThrough(pool, outer, { sub: "aBc" }))).toBe(
      "Already found an entry for username outer_abc",
    );
    await comeThrough(pool, outer, { sub: "x_y" });
    expect(await statusOf("outer_x_y")).toBe("EXTERNAL_PROVIDER");
  });

  it.each(["with space", "a".repeat(130)])("whose subject makes no user name (%s)", async (sub) => {
    await open();
    expect(await refusal(comeThrough(pool, outer, { sub }))).toMatch(/validation error/);
  });

  it("through a provider that the app client does not offer, or that nobody made", async () => {
    await open({}, { client: { ...client, SupportedIdentityProviders: ["COGNITO", "Gone"] } });
    for (const identity_provider of ["Outer", "Gone", "outer"]) {
      const { query } = await pool.browser().get(pool.authorize({ identity_provider }));
      expect(query.get("error")).toBe("invalid_request");
    }
  });

  it("by SAML, which is not served", async () => {
    await open();
    const { status, html } = await pool.browser().get(pool.authorize({ identity_provider: "Old" }));
    expect(status).toBe(501);
    expect(html).toContain("This local cloud does not serve identity providers of the type SAML.");
  });
});

it("two first sign-ins at once make one user", async () => {
  await open();
  const both = await Promise.all([comeThrough(pool, outer, jo), comeThrough(pool, outer, jo)]);
  expect(both.map(({ query }) => query.has("code"))).toEqual([true, true]);
  expect(pool.cloud.sources().filter((source) => source === "PreSignUp_ExternalProvider")).toHaveLength(1);
});

describe("a linked identity", () => {
  const source = { ProviderName: "Outer", ProviderAttributeName: "Cognito_Subject", ProviderAttributeValue: jo.sub };
  const link = (name = "jo", SourceUser = source) =>
    pool.cloud.call("AdminLinkProviderForUser", {
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: name },
      SourceUser,
    });
  const subOf = async (Username: string) => (await attributesOf(Username)).sub;

  it("signs in as the user that it was linked to, who keeps the password", async () => {
    await open();
    await pool.cloud.addUser("jo", { email: jo.email });
    await link();
    const { query } = await comeThrough(pool, outer, jo);
    const { id_token = "" } = await redeem(query.get("code"));
    expect(decodeJwt(id_token)).toMatchObject({
      sub: await subOf("jo"),
      "cognito:username": "jo",
      identities: [{ providerName: "Outer", primary: "false" }],
    });
    expect(pool.cloud.sources()).toEqual([
      "PreAuthentication_Authentication",
      "PostAuthentication_Authentication",
      "TokenGeneration_HostedAuth",
    ]);
    const password = { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME: "jo", PASSWORD } };
    expect((await pool.cloud.call("InitiateAuth", password)).AuthenticationResult).toBeDefined();
  });

  it("that is made in pre sign-up fails once, and then succeeds, as on AWS", async () => {
    await open({
      PreSignUp: ({ triggerSource }: TriggerEvent) =>
        triggerSource === "PreSignUp_ExternalProvider" ? link().then(() => undefined) : undefined,
    });
    await pool.cloud.addUser("jo");
    const first = await comeThrough(pool, outer, jo);
    expect(first.query.get("error_description")).toBe(`Already found an entry for username ${userName}`);
    const second = await comeThrough(pool, outer, jo);
    const { id_token = "" } = await redeem(second.query.get("code"));
    expect(decodeJwt(id_token).sub).toBe(await subOf("jo"));
  });

  it("is refused where it is linked, has signed in, is a user's own, or is the sixth", async () => {
    await open();
    await pool.cloud.addUser("jo");
    await pool.cloud.addUser("kim");
    await link();
    await expect(link()).rejects.toThrow("SourceUser is already linked to DestinationUser");
    await expect(link("kim")).rejects.toThrow("Invalid SourceUser");
    await expect(link("nobody")).rejects.toThrow("User does not exist.");
    await expect(link("kim", { ...source, ProviderName: "Cognito" })).rejects.toThrow("Invalid SourceUser");
    await expect(link("kim", { ...source, ProviderName: "Unknown" })).rejects.toThrow("no identity provider Unknown");
    await comeThrough(pool, outer, { ...jo, sub: "2" });
    await expect(link("kim", { ...source, ProviderAttributeValue: "2" })).rejects.toThrow("Merging is not currently");
    for (const sub of ["3", "4", "5", "6"]) await link("jo", { ...source, ProviderAttributeValue: sub });
    await expect(link("jo", { ...source, ProviderAttributeValue: "7" })).rejects.toThrow("five linked identities");
  });

  it("that is taken away makes a new user the next time", async () => {
    await open();
    await pool.cloud.addUser("jo");
    await link();
    await pool.cloud.call("AdminDisableProviderForUser", { User: source });
    await comeThrough(pool, outer, jo);
    expect(await subOf(userName)).not.toBe(await subOf("jo"));
    expect(await attributesOf("jo")).not.toHaveProperty("identities");
  });

  it("of a deleted user is free again", async () => {
    await open();
    await pool.cloud.addUser("jo");
    await link();
    await pool.cloud.call("AdminDeleteUser", { Username: "jo" });
    expect((await comeThrough(pool, outer, jo)).query.has("code")).toBe(true);
    expect(await statusOf(userName)).toBe("EXTERNAL_PROVIDER");
  });

  it("of the pool's own users takes the password away", async () => {
    await open();
    await pool.cloud.addUser("jo");
    const User = { ProviderName: "Cognito", ProviderAttributeValue: "jo" };
    await pool.cloud.call("AdminDisableProviderForUser", { User });
    const password = { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME: "jo", PASSWORD } };
    await expect(pool.cloud.call("InitiateAuth", password)).rejects.toThrow("Incorrect username or password.");
  });

  it("cannot overwrite an address that is another user's sign-in name", async () => {
    await open({}, { pool: { UsernameAttributes: ["email"] } });
    await pool.cloud.addUser("jo@example.org");
    await pool.cloud.addUser("kim@example.org");
    await link("jo@example.org");
    const { query } = await comeThrough(pool, outer, { ...jo, email: "kim@example.org" });
    expect(query.get("error_description")).toBe("An account with the given email already exists.");
  });

  it("cannot be made up in an attribute", async () => {
    await open({}, { pool: { SchemaAttributes: [{ Name: "identities", Mutable: true }] } });
    const UserAttributes = [{ Name: "identities", Value: "[]" }];
    await expect(pool.cloud.call("AdminCreateUser", { Username: "jo", UserAttributes })).rejects.toThrow("non-mutable");
  });
});
