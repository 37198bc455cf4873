import type { PoolConfig } from "../../contract/pools";
import { type Card, cardsOf } from "../../web/cards";
import { formOf } from "../../web/forms";
import { headlineOf } from "../../web/headline";
import { ALIAS_POOL, ANONYMOUS_POOL, EMAIL_POOL } from "../pools";

const CODES_ALONE = { authFlows: ["custom"], oneTimeCode: true } as const;

const card = (pool: PoolConfig): Card => {
  const [card] = cardsOf({ pools: { pool } });
  if (!card) throw new Error("There is a card for each pool.");
  return card;
};

const labels = (pool: PoolConfig, step: "signUp" | "signIn" | "askCode") =>
  formOf(step, card(pool), "").fields.map(({ label }) => label);

describe("a pool in which a forgotten password cannot be replaced", () => {
  const forgot = (pool: PoolConfig) => formOf("signIn", card(pool), "").others.some(({ run }) => run === "forgot");
  const everyone = { ...EMAIL_POOL, confirmsAtOnce: true };
  const nobody = { ...everyone, recovers: false };
  const some = { ...EMAIL_POOL, recovers: false };

  it("offers no code where nobody would get one", () => {
    expect([EMAIL_POOL, everyone, nobody, some, ANONYMOUS_POOL].map(forgot)).toEqual([true, true, false, true, false]);
  });

  it("says so before people choose a password, and where they ask for a code", () => {
    expect(card(nobody).words.about).toContain("Nobody can replace a forgotten password.");
    expect(card(some).words.about).toContain("If no code was asked for, nobody can replace a forgotten password.");
    expect(card(EMAIL_POOL).words.about).toContain("If you forget the password, it gets you back in.");
    const lead = (pool: PoolConfig) => formOf("forgot", card(pool), "").lead;
    const { recovers: _, ...alias } = ALIAS_POOL;
    for (const pool of [some, { ...alias, recovers: false }]) {
      expect(lead(pool)).toContain("No code is sent if none was asked for when you signed up.");
    }
    expect(lead(EMAIL_POOL)).not.toContain("No code is sent");
    const signInLead = (pool: PoolConfig) => card(pool).words.askCode.lead;
    const mixed = { ...EMAIL_POOL, oneTimeCode: true, recovers: false };
    expect(signInLead(mixed)).toContain("No code is sent if none was asked for when you signed up.");
    expect(signInLead({ ...mixed, recovers: true })).not.toContain("No code is sent");
  });
});

describe("a card", () => {
  it.each<[string, string, PoolConfig]>([
    ["an address that is verified", "With a verified address", EMAIL_POOL],
    ["an address that nobody verifies", "With an email address", { ...EMAIL_POOL, confirmsAtOnce: true }],
    ["nothing that names a person", "Anonymous", ANONYMOUS_POOL],
    ["a user name", "With a user name", { ...ANONYMOUS_POOL, anonymous: false }],
    ["a user name or address", "With a user name or an address", { ...ALIAS_POOL, verifies: ["email"] }],
    ["either kind of alias", "With a user name, address or phone number", ALIAS_POOL],
    ["an alias that nobody can prove", "With a user name", { ...ALIAS_POOL, verifies: [] }],
  ])("is titled by what its pool is, for %s", (_, title, pool) => {
    expect(card(pool).title).toBe(title);
  });

  it("has the pool's name in its title if another card has the same title", () => {
    const pools = { staff: EMAIL_POOL, guests: ANONYMOUS_POOL, customers: EMAIL_POOL };
    expect(cardsOf({ pools }).map(({ title }) => title)).toEqual([
      "With a verified address: staff",
      "Anonymous",
      "With a verified address: customers",
    ]);
  });

  it("fills in the defaults of its settings", () => {
    const { userPoolId, clientId } = EMAIL_POOL;
    expect(card({ userPoolId, clientId, signIn: "email" })).toMatchObject({
      pool: { verifies: ["email"], confirmsAtOnce: false, authFlows: ["srp"], oneTimeCode: false },
      passwordFlow: "USER_SRP_AUTH",
    });
    expect(card({ userPoolId, clientId, signIn: "username" }).pool.verifies).toEqual([]);
  });

  it.each<[PoolConfig, string[]]>([
    [EMAIL_POOL, ["Sign up", "Code", "Sign in", "You"]],
    [{ ...EMAIL_POOL, confirmsAtOnce: true }, ["Sign up", "Sign in", "You"]],
    [ANONYMOUS_POOL, ["Sign up", "Sign in", "You"]],
    [ALIAS_POOL, ["Sign up", "Code", "Sign in", "You"]],
  ])("shows the steps of its pool (%#)", (pool, stages) => {
    expect(card(pool).stages.map(({ title }) => title)).toEqual(stages);
  });

  it.each<[PoolConfig["authFlows"], boolean, Card["passwordFlow"]]>([
    [["srp", "password", "custom"], true, "USER_SRP_AUTH"],
    [["password"], false, "USER_PASSWORD_AUTH"],
    [["custom"], false, "CUSTOM_WITH_SRP"],
    [["custom"], true, undefined],
  ])("signs in by the best flow of %j", (authFlows, oneTimeCode, flow) => {
    expect(card({ ...EMAIL_POOL, authFlows, oneTimeCode }).passwordFlow).toBe(flow);
  });
});

describe("the forms of a card", () => {
  it.each<[string, PoolConfig, string[], string[]]>([
    ["email", EMAIL_POOL, ["Email address", "New password"], ["Email address", "Password"]],
    ["anonymous", ANONYMOUS_POOL, ["User name", "New password"], ["User name", "Password"]],
    [
      "alias",
      ALIAS_POOL,
      ["User name", "Email address", "Phone number", "New password"],
      ["User name, email address or phone number", "Password"],
    ],
    [
      "email and phone",
      { ...EMAIL_POOL, verifies: ["email", "phone_number"] },
      ["Email address", "Phone number", "New password"],
      ["Email address", "Password"],
    ],
  ])("ask for what the pool takes: %s", (_, pool, signUp, signIn) => {
    expect([labels(pool, "signUp"), labels(pool, "signIn")]).toEqual([signUp, signIn]);
  });

  it("ask for no password, and offer no new one, if people sign in only with codes", () => {
    const pool = { ...EMAIL_POOL, ...CODES_ALONE };
    expect([labels(pool, "signUp"), labels(pool, "askCode")]).toEqual([["Email address"], ["Email address"]]);
    const runs = (["signUp", "confirm", "askCode", "answer"] as const)
      .flatMap((step) => formOf(step, card(pool), "").others)
      .map(({ run }) => run);
    expect(runs).not.toContain("signIn");
    expect(runs).not.toContain("forgot");
  });

  it.each<[string, PoolConfig, [string, boolean][]]>([
    ["the only one that a code can go to", { ...ALIAS_POOL, verifies: ["email"] }, [["email", false]]],
    [
      "one of two",
      ALIAS_POOL,
      [
        ["email", true],
        ["phone_number", true],
      ],
    ],
    ["nothing", { ...ALIAS_POOL, verifies: ["email"], confirmsAtOnce: true }, [["email", true]]],
    ["a second one", { ...EMAIL_POOL, verifies: ["email", "phone_number"] }, [["phone_number", true]]],
    ["a phone number beside the address", { ...EMAIL_POOL, verifies: ["phone_number"] }, [["phone_number", false]]],
  ])("ask for an address or number as they need it: %s", (_, pool, expected) => {
    const fields = formOf("signUp", card(pool), "").fields.filter(({ name }) => !["name", "password"].includes(name));
    expect(fields.map(({ name, optional }) => [name, optional])).toEqual(expected);
  });

  it("do not sign up without an address or number for the code", async () => {
    const members = card(ALIAS_POOL);
    const client = {} as never;
    const typed = { name: "jane", email: "", phone_number: "", password: "long enough", code: "" };
    const sent = formOf("signUp", members, "").send(
      { client, card: members, step: "signUp", name: "", site: "example.org" },
      typed,
    );
    await expect(sent).rejects.toThrow("Type an email address or a phone number.");
  });

  it("say that an administrator must confirm the user, if no code can", async () => {
    const guests = card({ ...ANONYMOUS_POOL, anonymous: false, confirmsAtOnce: false });
    const client = { signUp: async () => false } as never;
    const typed = { name: "jane", email: "", phone_number: "", password: "long enough", code: "" };
    const move = await formOf("signUp", guests, "").send(
      { client, card: guests, step: "signUp", name: "", site: "example.org" },
      typed,
    );
    expect(move).toMatchObject({ step: "signIn", notice: expect.stringContaining("administrator") });
  });
});

describe("a pool whose accounts an administrator makes", () => {
  const closed = { ...EMAIL_POOL, selfSignUp: false };
  const codes = { ...closed, ...CODES_ALONE };

  it("begins with the sign-in, and leads nowhere to a sign-up", () => {
    expect([closed, codes, EMAIL_POOL].map((pool) => card(pool).firstStep)).toEqual(["signIn", "askCode", "signUp"]);
    expect(card(closed).stages.map(({ title }) => title)).toEqual(["Sign in", "You"]);
    const leadTo = (pool: PoolConfig) =>
      (["confirm", "signIn", "forgot", "reset", "newPassword", "askCode", "answer"] as const)
        .flatMap((step) => formOf(step, card(pool), "").others)
        .map(({ run }) => run);
    expect(leadTo(EMAIL_POOL)).toContain("signUp");
    expect([...leadTo(closed), ...leadTo(codes)]).not.toContain("signUp");
  });

  it("has a stage for each of its steps", () => {
    const steps = card(closed).stages.flatMap((stage) => stage.steps);
    expect(steps).toEqual(expect.arrayContaining(["starting", "signIn", "confirm", "newPassword", "signedIn"]));
    expect(new Set(steps).size).toBe(steps.length);
  });

  it("is described as that", () => {
    expect(card(closed).words.about).toBe("An administrator makes the accounts of this pool.");
    expect(headlineOf(cardsOf({ pools: { staff: closed } })).about).toBe("Sign in with your account.");
    expect(headlineOf(cardsOf({ pools: { a: closed, b: closed } })).about).toMatch(/^Sign in to any of them\./);
    expect(headlineOf(cardsOf({ pools: { a: closed, b: EMAIL_POOL } })).about).toMatch(
      /^Make an account, or sign in with yours\./,
    );
  });
});

it("a new password is described by what the pool asks for", () => {
  const hint = (pool: PoolConfig) => formOf("signUp", card(pool), "").fields.at(-1)?.hint;
  expect(hint(EMAIL_POOL)).toBe("At least 12 characters: a few words are fine.");
  expect(hint({ ...EMAIL_POOL, passwordNeeds: ["numbers"] })).toBe("At least 12 characters, with digits.");
  expect(hint({ ...EMAIL_POOL, passwordNeeds: ["lowercase", "uppercase", "symbols"] })).toBe(
    "At least 12 characters, with small letters, capital letters and signs such as ! or ?.",
  );
  expect(hint({ ...EMAIL_POOL, passwordLength: undefined, passwordNeeds: ["numbers"] })).toBe("With digits.");
});

describe("the headline", () => {
  it.each<[Record<string, PoolConfig>, string]>([
    [{ staff: EMAIL_POOL }, "One way in"],
    [{ verified: EMAIL_POOL, anonymous: ANONYMOUS_POOL }, "Two ways in"],
    [{ a: EMAIL_POOL, b: EMAIL_POOL, c: ALIAS_POOL }, "Three ways in"],
  ])("counts the pools (%#)", (pools, title) => {
    expect(headlineOf(cardsOf({ pools })).title).toBe(title);
  });

  it("has a text of its own for two pools of which the second is anonymous", () => {
    const about = (pools: Record<string, PoolConfig>) => headlineOf(cardsOf({ pools })).about;
    expect(about({ staff: EMAIL_POOL, guests: ANONYMOUS_POOL })).toBe(
      "Make an account with your address, or one that stores nothing about you. Each way is a user pool of its own: you can be signed in to both.",
    );
    expect(about({ staff: EMAIL_POOL, members: ALIAS_POOL })).not.toContain("knows");
  });
});
