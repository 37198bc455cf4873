import { PASSWORD } from "../fake-cloud";
import { CALLS, linkingPool, TRUST } from "./linking-pool";

const pool = linkingPool();
const email = "jo@example.org";
const jo = { sub: "jo-1", email, email_verified: true };
const NEUTRAL = "PreSignUp failed with error Something went wrong, please try again later.";
const REFUSED =
  "PreSignUp failed with error You cannot sign in here this way: use the way that you used before [provider-refused].";

const signUp = (Username = email, more = {}) => pool.call("SignUp", { Username, Password: PASSWORD, ...more });
const arrive = async (claims: object = {}, provider?: string) =>
  pool.subOf(await pool.come({ ...jo, ...claims }, provider));

describe("without the right to", () => {
  it.each(CALLS.filter((call) => call !== "AdminDisableProviderForUser"))(
    "%s, a newcomer does not come in and gets no separate profile; with it again, the sign-in goes on",
    async (call) => {
      await pool.open();
      pool.denied.add(call);
      expect(await arrive()).toBe(NEUTRAL);
      expect(await arrive()).toBe(NEUTRAL);
      expect((await pool.users()).map(({ status }) => status)).not.toContain("EXTERNAL_PROVIDER");
      pool.denied.clear();
      await arrive();
      const sub = await arrive();
      expect(await pool.users()).toMatchObject([{ sub, status: "CONFIRMED" }]);
    },
  );

  it.each(["AdminGetUser", "ListUsers"])(
    "%s, nobody signs up whose address a provider is trusted for",
    async (call) => {
      await pool.open({ linking: { trust: { oidc: { Domain: TRUST.trust?.oidc?.Domain ?? never() } } } });
      pool.denied.add(call);
      await expect(signUp()).rejects.toThrow(NEUTRAL);
      await signUp("jo@example.net");
      pool.denied.clear();
      await signUp();
    },
  );

  it("AdminDisableProviderForUser, a link that is no longer right stays, and the log says so", async () => {
    await pool.open();
    await pool.owner(email);
    pool.denied.add("AdminDisableProviderForUser");
    pool.before("AdminLinkProviderForUser", () => pool.call("AdminDisableUser", { Username: email }));
    expect(await arrive()).toBe(NEUTRAL);
    expect(pool.log.lines()).toContain('{"linking":"not undone","cause":"AccessDeniedException"}');
    expect(await arrive()).toBe("User is not enabled.");
  });
});

const never = (): never => {
  throw new Error("There is no such provider.");
};

it("a repeat of Cognito's goes on where the first try ended", async () => {
  await pool.open();
  // The first try made the link, and then the answer was too late.
  pool.before("AdminLinkProviderForUser", async () => {
    const [{ name } = { name: "" }] = await pool.users();
    await pool.call("AdminLinkProviderForUser", {
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: name },
      SourceUser: { ProviderName: "Outer", ProviderAttributeName: "Cognito_Subject", ProviderAttributeValue: "jo-1" },
    });
  });
  expect(await arrive()).toBe("Already found an entry for username outer_jo-1");
  const sub = await arrive();
  expect(await pool.users()).toMatchObject([{ sub }]);
});

describe("who is not linked", () => {
  it("gets a profile of Cognito's own, or is refused, as the settings say", async () => {
    await pool.open({ linking: { ...TRUST, otherwise: "refuse" } });
    await pool.owner(email);
    expect(await arrive({ email_verified: false })).toBe(REFUSED);
    expect(await arrive({ sub: "2" }, "OuterToo")).toBe(REFUSED);
    expect(await pool.users()).toHaveLength(1);
  });

  it("asks Cognito for nobody, so the time of the answer shows nothing", async () => {
    await pool.open({ linking: { ...TRUST, otherwise: "refuse" } });
    expect(await arrive({}, "OuterToo")).toBe(REFUSED);
    expect(pool.aws.calls("ListUsers")).toEqual([]);
    expect(pool.aws.calls("AdminGetUser")).toEqual([]);
  });
});

describe("an address that changes at the provider", () => {
  const victim = "kim@example.org";

  it("does not take over the profile that has it: the sign-in fails", async () => {
    await pool.open();
    const kim = await pool.owner(victim);
    await arrive();
    const sub = await arrive();
    expect(await arrive({ email: victim })).toBe("An account with the given email already exists.");
    expect(await pool.password(victim, PASSWORD)).toBe(kim);
    expect(await arrive()).toBe(sub);
  });

  it("does not link a separate profile to it", async () => {
    await pool.open();
    const kim = await pool.owner(victim);
    const sub = await arrive({ email_verified: false });
    expect(await arrive({ email: victim })).toBe(sub);
    expect(sub).not.toBe(kim);
    const { attributes } = (await pool.users()).find((user) => user.sub === kim) ?? {};
    expect(attributes).toMatchObject({ email: victim, email_verified: "true" });
    expect(attributes).not.toHaveProperty("identities");
  });

  it("takes a linked profile along, where nobody has it", async () => {
    await pool.open();
    await arrive();
    const sub = await arrive();
    expect(await arrive({ email: "new@example.org" })).toBe(sub);
    expect(await pool.users()).toMatchObject([{ sub, attributes: { email: "new@example.org" } }]);
  });
});

describe("a sign-up with an address that somebody has through a provider", () => {
  const TRIED =
    "PreSignUp failed with error This address has an account: sign in with Outer or Capitals or your password [use-provider].";

  it("is refused, and the words name every provider that could be it", async () => {
    // From before the pool had linking.
    await pool.open({ linking: { trust: {} } });
    await arrive({ sub: "other" });
    pool.settings({
      trust: { oidc: { ...TRUST.trust?.oidc, Domain: { addresses: "no-address", subjects: "lower-case" } } },
    });
    await expect(signUp()).rejects.toThrow(TRIED);
    await expect(signUp("JO@example.org")).rejects.toThrow(TRIED);
    await signUp("kim@example.org");
    expect(pool.log.lines()).not.toMatch(/jo@/);
  });

  it("is refused by Cognito itself where the profile is linked", async () => {
    await pool.open();
    await arrive();
    await expect(signUp()).rejects.toThrow("An account with the given email already exists.");
  });

  it.each([
    ["whose provider does not say that it is verified", { email_verified: false }, "Outer"],
    ["through a provider that nobody trusts", {}, "OuterToo"],
  ])("goes on for an address %s", async (_, claims, provider) => {
    await pool.open();
    await arrive(claims, provider);
    expect(await signUp()).toMatchObject({ UserConfirmed: false });
  });

  it("goes on where people have user names, and Cognito does not tell whose an address is", async () => {
    await pool.open({ linking: { trust: {} }, signIn: "username-or-alias" });
    await arrive();
    pool.settings(TRUST);
    await signUp("jo", { UserAttributes: [{ Name: "email", Value: email }] });
  });
});
