import { PASSWORD } from "../fake-cloud";
import { type LinkingPoolSettings, linkingPool, TRUST } from "./linking-pool";

const pool = linkingPool();
const email = "jo@example.org";
const jo = { sub: "jo-1", email, email_verified: true };
const AFTER_LINK = "Already found an entry for username outer_jo-1";

/** Comes twice, since the sign-in that makes a link fails. @returns the `sub` of the second sign-in, or its error */
async function comeTwice(claims: Parameters<typeof pool.come>[0], provider?: string) {
  await pool.come(claims, provider);
  return pool.subOf(await pool.come(claims, provider));
}
/** Sets another password with a code by mail. */
async function forgot(Username: string, Password = "Another horse 2") {
  await pool.call("ForgotPassword", { Username });
  await pool.call("ConfirmForgotPassword", { Username, ConfirmationCode: pool.cloud().code(), Password });
  return pool.password(Username, Password);
}
const link = (userName: string, provider: string, subject: string) =>
  pool.call("AdminLinkProviderForUser", {
    DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: userName },
    SourceUser: {
      ProviderName: provider,
      ProviderAttributeName: "Cognito_Subject",
      ProviderAttributeValue: subject,
    },
  });
const verify = (Username: string, Value: string, address = email) =>
  pool.call("AdminUpdateUserAttributes", {
    Username,
    UserAttributes: [
      { Name: "email", Value: address },
      { Name: "email_verified", Value },
    ],
  });
const signUp = (Username: string, more = {}) => pool.call("SignUp", { Username, Password: PASSWORD, ...more });

describe("an address that a provider writes into a linked profile later", () => {
  const victim = { sub: "ann-7", email: "ann@gmail.com", email_verified: true };

  it("links its owner only if the provider is trusted for it", async () => {
    await pool.open({ linking: { ...TRUST, otherwise: "separate" } });
    const attacker = await comeTwice({ ...jo, sub: "jo-d" }, "Domain");
    expect(await pool.subOf(await pool.come({ ...victim, sub: "jo-d" }, "Domain"))).toBe(attacker);
    const sub = await comeTwice(victim);
    expect(sub).toMatch(/^[\da-f-]{36}$/);
    expect(sub).not.toBe(attacker);
    expect(await pool.users()).toHaveLength(2);
  });

  it("links its owner where every provider of the profile is trusted for it", async () => {
    await pool.open();
    const sub = await comeTwice({ ...jo, sub: "jo-d" }, "Domain");
    await pool.come({ ...jo, sub: "jo-d", email: "jo.miller@example.org" }, "Domain");
    expect(await comeTwice({ ...jo, email: "jo.miller@example.org" })).toBe(sub);
  });
});

describe("one person, many doors", () => {
  it("email sign-up, then the provider: one sub and one profile", async () => {
    await pool.open();
    const sub = await pool.owner(email);
    expect(await pool.subOf(await pool.come(jo))).toBe(AFTER_LINK);
    expect(await pool.subOf(await pool.come(jo))).toBe(sub);
    expect(await pool.password(email, PASSWORD)).toBe(sub);
    expect(await pool.users()).toHaveLength(1);
  });

  it("the provider, then a password by a code: one sub and one profile", async () => {
    await pool.open();
    expect(await pool.subOf(await pool.come(jo))).toBe(AFTER_LINK);
    const sub = await pool.subOf(await pool.come(jo));
    const [profile, ...others] = await pool.users();
    expect(others).toEqual([]);
    expect(profile).toMatchObject({ status: "CONFIRMED", sub, attributes: { email, email_verified: "true" } });
    expect(await forgot(email)).toBe(sub);
    expect(await pool.subOf(await pool.come(jo))).toBe(sub);
    expect(await pool.users()).toHaveLength(1);
  });

  it("two providers, then a password: one sub and one profile", async () => {
    await pool.open();
    const sub = await comeTwice(jo);
    expect(await comeTwice({ ...jo, sub: "other_2" }, "Domain")).toBe(sub);
    expect(await pool.subOf(await pool.come(jo))).toBe(sub);
    expect(await forgot(email)).toBe(sub);
    const [{ attributes = {} } = {}, ...others] = await pool.users();
    expect(others).toEqual([]);
    expect(JSON.parse(attributes.identities ?? "")).toMatchObject([
      { providerName: "Outer", userId: "jo-1", primary: false },
      { providerName: "Domain", userId: "other_2", primary: false },
    ]);
  });

  it.each([
    ["Outer", "jo-1"],
    ["Outer", "a_b"],
    ["Outer", "_"],
    ["Outer", "cleo|2b/7"],
    ["Outer", `"\\{}'$&`],
    ["Capitals", "aBc_D"],
    ["LoginWithAmazon", "amzn1.account.AFE2"],
  ])("the link is to the exact subject (%s, %s)", async (provider, sub) => {
    await pool.open({ linking: { trust: { ...TRUST.trust, amazon: "every-address" } } });
    const owner = await pool.owner(email);
    expect(await comeTwice({ ...jo, sub, written: sub }, provider)).toBe(owner);
  });

  it.each<[string, unknown]>([
    ["true", "true"],
    ["True", "True"],
    ["TRUE", "TRUE"],
    ["the boolean", true],
  ])("an address is proven by %s", async (_, email_verified) => {
    await pool.open();
    const owner = await pool.owner(email);
    expect(await comeTwice({ ...jo, email_verified })).toBe(owner);
  });

  it("the letters A to Z of an address may be in either case, as for Cognito", async () => {
    await pool.open();
    const owner = await pool.owner("Jo@Example.ORG");
    expect(await comeTwice({ ...jo, email: "JO@example.org" })).toBe(owner);
    expect(await pool.users()).toHaveLength(1);
  });

  it("Google is trusted for gmail.com without any setting", async () => {
    await pool.open({ linking: {} });
    const owner = await pool.owner("jo@gmail.com");
    expect(await comeTwice({ ...jo, sub: "1234567890", email: "jo@gmail.com" }, "Google")).toBe(owner);
  });

  it("somebody who was invited needs the temporary password no more", async () => {
    await pool.open();
    await pool.call("AdminCreateUser", {
      Username: email,
      TemporaryPassword: "Temporary horse 3",
      UserAttributes: [{ Name: "email_verified", Value: "true" }],
      MessageAction: "SUPPRESS",
    });
    const [{ sub } = { sub: "" }] = await pool.users();
    expect(await comeTwice(jo)).toBe(sub);
    await expect(pool.password(email, "Temporary horse 3")).rejects.toThrow("Incorrect username or password.");
    expect(await forgot(email)).toBe(sub);
  });

  it("people who sign in with a user name or an address are one, too", async () => {
    await pool.open({ signIn: "username-or-alias" });
    const sub = await comeTwice(jo);
    expect(await comeTwice({ ...jo, sub: "other" }, "Domain")).toBe(sub);
    expect(await forgot(email)).toBe(sub);
    const [{ name } = { name: "" }, ...others] = await pool.users();
    expect(name).toMatch(/^[\da-f-]{36}$/);
    expect(others).toEqual([]);
  });

  it("two first sign-ins at once, of two providers, make one profile", async () => {
    await pool.open();
    await Promise.all([pool.come(jo), pool.come({ ...jo, sub: "other" }, "Domain")]);
    const [{ sub } = { sub: "" }, ...others] = await pool.users();
    expect(others).toEqual([]);
    expect(await comeTwice(jo)).toBe(sub);
    expect(await comeTwice({ ...jo, sub: "other" }, "Domain")).toBe(sub);
    expect(await pool.users()).toHaveLength(1);
  });

  it("an unproven address of somebody else does not keep the owner out, where it is no name", async () => {
    await pool.open({ signIn: "username-or-alias" });
    await signUp("squatter", { UserAttributes: [{ Name: "email", Value: email }] });
    const sub = await comeTwice(jo);
    expect((await pool.users()).find((user) => user.sub === sub)?.attributes.email_verified).toBe("true");
  });
});

/** What an attack starts from: the profiles that are there, and who comes how. */
interface Attack {
  readonly open?: LinkingPoolSettings;
  /** Makes the profiles. */
  readonly given?: () => Promise<unknown>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly provider?: string;
}
const ownerIs = (address: string) => () => pool.owner(address);
const subOfFirst = async () => (await pool.users())[0]?.name ?? "";
const federated = (claims: object, provider: string) => pool.come({ ...jo, ...claims }, provider);

const attacks: [string, Attack][] = [
  // The provider does not say that the address is verified.
  ...[
    false,
    "false",
    "False",
    0,
    1,
    "1",
    "yes",
    "on",
    "",
    " ",
    "true ",
    " true",
    "truе",
    "ｔｒｕｅ",
    "TRUE\n",
    null,
  ].map((email_verified): [string, Attack] => [
    `email_verified is ${JSON.stringify(email_verified)}`,
    { claims: { email_verified } },
  ]),
  ["email_verified is absent", { claims: { email_verified: undefined } }],
  ["email_verified is a list", { claims: { email_verified: [true] } }],
  ["email_verified is an object", { claims: { email_verified: { value: true } } }],
  ["no address", { claims: { email: undefined } }],

  // The address is another one.
  [
    "Unicode: the Kelvin sign folds to k",
    { given: ownerIs("kim@example.org"), claims: { email: "\u212aim@example.org" } },
  ],
  ["Unicode: the long s folds to s", { given: ownerIs("sam@example.org"), claims: { email: "\u017fam@example.org" } }],
  [
    "Unicode: the profile has the Kelvin sign, and the person a k",
    { given: ownerIs("\u212aim@example.org"), claims: { email: "kim@example.org" } },
  ],
  ["Unicode: full-width letters", { claims: { email: "ｊｏ@example.org" } }],
  ["Unicode: a full-width domain", { claims: { email: "jo@ｅxample.org" } }],
  ["Unicode: an invisible character", { claims: { email: "j\u200bo@example.org" } }],
  ["Unicode: a letter with an accent in two characters", { claims: { email: "jo\u0301@example.org" } }],
  ["Unicode: a Cyrillic o", { claims: { email: "jо@example.org" } }],
  ["plus addressing", { claims: { email: "jo+google@example.org" } }],
  ["plus addressing of the owner", { given: ownerIs("jo+site@example.org") }],
  ["dots, which Gmail ignores", { given: ownerIs("jo.roe@gmail.com"), claims: { email: "joroe@gmail.com" } }],
  ["an address that is too long", { claims: { email: `${"j".repeat(120)}@example.org` } }],

  // The provider is not trusted, or not for this address.
  ["a provider that the settings do not name", { provider: "OuterToo" }],
  ["a provider that is trusted for no address", { provider: "Nobody" }],
  ["Facebook, which is never trusted by default", { provider: "Facebook", claims: { sub: "123" } }],
  ["Google, for another domain than gmail.com", { provider: "Google", claims: { sub: "123" } }],
  ...["jo@mail.example.org", "jo@example.org.evil.test", "jo@notexample.org", "jo@example.com", "jo@example.орг"].map(
    (address): [string, Attack] => [
      `a provider trusted for example.org, and ${address}`,
      { provider: "Domain", given: ownerIs(address), claims: { email: address } },
    ],
  ),
  ["a provider whose name begins like a trusted one's", { provider: "OuterToo", claims: { sub: "x" } }],
  ["a provider with the beginning of a trusted one's name", { provider: "Out", claims: { sub: "er_jo-1" } }],
  [
    "an untrusted provider, and a trusted one's name in the subject",
    { provider: "Out", claims: { sub: "Outer_jo-1" } },
  ],
  ["an untrusted provider, and a subject with underscores", { provider: "OuterToo", claims: { sub: "a_b_c" } }],
  ["an untrusted provider, and special characters", { provider: "OuterToo", claims: { sub: `o'|"\\/{}*` } }],
  ["a subject whose capitals are not known", { provider: "Capitals", claims: { sub: "aBc" } }],
  ["a subject that is mapped from another claim", { provider: "Capitals", claims: { sub: "aBc", written: "other" } }],
  ["a subject at Amazon that is none", { provider: "LoginWithAmazon", claims: { sub: "aBc" }, open: amazon() }],

  // The pool's side is not proven, not alone, or kept out.
  ["the owner of the address has not typed the code", { given: () => signUp(email) }],
  ["the profile claims the address, unverified", { given: () => pool.owner(email, { email_verified: "false" }) }],
  [
    "the profile is verified, and its owner has not confirmed",
    {
      given: async () => {
        await signUp(email);
        await verify(email, "true");
      },
    },
  ],
  [
    "the profile's flag is 1",
    {
      given: async () => {
        await pool.owner(email);
        await verify(email, "1");
      },
    },
  ],
  [
    "the holder is disabled",
    {
      given: async () => {
        await pool.owner(email);
        await pool.call("AdminDisableUser", { Username: email });
      },
    },
  ],
  [
    "the holder is disabled, and people have user names",
    {
      open: { signIn: "username-or-alias" },
      given: async () => {
        await pool.owner("jo", { email });
        await pool.call("AdminDisableUser", { Username: "jo" });
      },
    },
  ],
  [
    "two holders, one of them from a provider",
    {
      given: async () => {
        await federated({ sub: "other" }, "OuterToo");
        await pool.owner(email);
      },
    },
  ],
  [
    "two holders, both from providers",
    {
      given: async () => {
        await federated({ sub: "other" }, "OuterToo");
        await federated({ sub: "other" }, "Nobody");
      },
    },
  ],
  ["the holder came from a provider", { given: () => federated({ sub: "other" }, "OuterToo") }],
  ["the person's address is blocked", { given: ownerIs(email), open: { blocked: ["user:jo@example.org"] } }],
  ["the person at the provider is blocked", { given: ownerIs(email), open: { blocked: ["user:outer_jo-1"] } }],
  [
    "the holder is blocked by sub",
    {
      given: async () => pool.block(`user:${await pool.owner(email)}`),
    },
  ],
  [
    "the holder is blocked by user name",
    {
      given: () => pool.owner("joanna", { email }),
      open: {
        blocked: ["user:joanna"],
        signIn: "username-or-alias",
      },
    },
  ],
  [
    "the domain is denied",
    {
      given: ownerIs("jo@example.com"),
      claims: { email: "jo@example.com" },
      open: {
        deniedDomains: ["example.com"],
      },
    },
  ],
  ["the domain is blocked", { given: ownerIs(email), open: { blocked: ["domain:example.org"] } }],
  [
    "the holder has five identities",
    {
      given: async () => {
        await pool.owner(email);
        const name = await subOfFirst();
        for (const subject of ["1", "2", "3", "4", "5"]) await link(name, "OuterToo", subject);
      },
    },
  ],

  // Something changes between the look-up and the link.
  [
    "a race with a deletion",
    {
      given: async () => {
        await pool.owner(email);
        pool.before("AdminLinkProviderForUser", () => pool.call("AdminDeleteUser", { Username: email }));
      },
    },
  ],
  [
    "a race with a deletion and another sign-up",
    {
      given: async () => {
        await pool.owner(email);
        pool.before("AdminLinkProviderForUser", async () => {
          await pool.call("AdminDeleteUser", { Username: email });
          await signUp(email);
        });
      },
    },
  ],
  [
    "a race with a change of address",
    {
      given: async () => {
        await pool.owner(email);
        pool.before("AdminLinkProviderForUser", () => verify(email, "true", "new@example.org"));
      },
    },
  ],
  [
    "a race with an address that is no longer verified",
    {
      given: async () => {
        await pool.owner(email);
        pool.before("AdminLinkProviderForUser", () => verify(email, "false"));
      },
    },
  ],
  [
    "a race with the holder's disabling",
    {
      given: async () => {
        await pool.owner(email);
        pool.before("AdminLinkProviderForUser", () => pool.call("AdminDisableUser", { Username: email }));
      },
    },
  ],
  [
    "a race with another holder",
    {
      given: async () => {
        await pool.owner(email);
        pool.before("AdminLinkProviderForUser", () => federated({ sub: "other" }, "OuterToo"));
      },
    },
  ],
  ["a race with a sign-up", { given: async () => pool.before("AdminCreateUser", () => signUp(email)) }],
];

function amazon(): LinkingPoolSettings {
  return { linking: { trust: { ...TRUST.trust, amazon: "every-address" } } };
}

// A replayed answer of a provider is in federation.test.ts; a replayed code, a code for another client, and a foreign
// address to come back to are in ../hosted/malformed.test.ts.
describe("0 links", () => {
  it.each(attacks)("%s", async (_, { open, given = ownerIs(email), claims, provider }) => {
    await pool.open(open);
    await given();
    const victims = await pool.users();
    const arrived = { ...jo, ...claims };
    const subs = victims.map(({ sub }) => sub);
    pool.cloud().events.length = 0;
    for (let times = 2; times--; ) await pool.come(arrived, provider);
    for (const { request } of pool.cloud().events) expect(subs).not.toContain(Object(request.userAttributes).sub);
    for (const { sub, attributes } of await pool.users()) {
      const victim = victims.find((one) => one.sub === sub);
      if (victim) expect(attributes.identities).toBe(victim.attributes.identities);
    }
    // A race took place.
    expect(pool.waiting()).toEqual([]);
    expect(pool.log.lines()).not.toMatch(/jo@|jo-1|kim@|example\.org/);
  });

  it("are at least 30 attacks", () => {
    expect(attacks.length).toBeGreaterThanOrEqual(30);
    expect(new Set(attacks.map(([name]) => name)).size).toBe(attacks.length);
  });
});
