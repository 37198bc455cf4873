import crypto from "node:crypto";
import fc from "fast-check";
import { STANDARD_ATTRIBUTES } from "../../contract/attributes";
import type { LegacyItem } from "../../functions/shared/legacy-directory";
import { handler } from "../../functions/user-migration";
import { misfit } from "../../functions/user-migration/fit";
import { type Settings, settingsSchema, type UserMigrationSettings } from "../../functions/user-migration/settings";
import { checkSchema } from "../../gateway/pools/schema";
import { checked } from "../../lib/checked-settings";
import { legacyItem } from "../../tools/legacy-item";
import { fakeAws } from "./fake-aws";
import { call, captureLog, cognitoEvent } from "./handlers";
import { incomplete } from "./incomplete";

const PASSWORD = "correct horse battery";
const CHEAP = { n: 16, r: 1, p: 1 };
const SETTINGS: UserMigrationSettings = {
  table: "legacy-people",
  attributes: { email: "mail", name: "fullName", "custom:tenant": "tenant" },
};
const NOT_FOUND = { status: 400, body: '{"__type":"UserNotFoundException"}' };
const PROVEN = { ...SETTINGS, addressesAreProven: true };
const BY_PHONE = { ...PROVEN, attributes: { email: "mail", phone_number: "phone" } };
const ATTRIBUTES = { mail: "rroe@example.org", fullName: "Richard Roe", tenant: "acme" };
const PROFILE = { email: "rroe@example.org", name: "Richard Roe", "custom:tenant": "acme" };

const log = captureLog();
const aws = fakeAws();
/** Whom the directory has; what a test puts there besides takes their place. */
let rroe: LegacyItem;

beforeAll(async () => {
  rroe = await legacyItem("rroe", PASSWORD, ATTRIBUTES, CHEAP);
});
beforeEach(() => {
  aws.put(rroe);
  // Whatever cost is asked for, this is what a test takes.
  const { scrypt } = crypto;
  const cheap = (...[password, salt, length, , done]: Parameters<typeof scrypt>) =>
    scrypt(password, salt, length, { N: CHEAP.n, r: CHEAP.r, p: CHEAP.p }, done);
  jest.spyOn(crypto, "scrypt").mockImplementation(cheap as typeof scrypt);
});

/** As Cognito sends it: all fields of the response are there, and null. */
const RESPONSE = {
  userAttributes: null,
  forceAliasCreation: null,
  finalUserStatus: null,
  messageAction: null,
  desiredDeliveryMediums: null,
  enableSMSMFA: null,
};
const signIn = (userName: string, password: unknown = PASSWORD) => ({
  ...cognitoEvent({ triggerSource: "UserMigration_Authentication", userName, response: RESPONSE }),
  request: { password, validationData: null, userAttributes: null },
});
const forgotten = (userName: string) => ({
  ...cognitoEvent({ triggerSource: "UserMigration_ForgotPassword", userName, response: RESPONSE }),
  request: { validationData: null, clientMetadata: { a: "b" }, userAttributes: null },
});
type Pool = Pick<Settings, "signIn" | "requires">;
const WITH_NAMES: Pool = { signIn: "username", requires: [] };
const WITH_ADDRESSES: Pool = { signIn: "email", requires: ["email"] };
const WITH_ALIASES: Pool = { signIn: "username-or-alias", requires: [] };
const migrate = (event: object, changes = SETTINGS, pool = WITH_NAMES) =>
  call(handler, { ...settingsSchema().parse(changes), recoversBy: ["email"], ...pool }, event);
const change = (changes: LegacyItem) => aws.put({ ...aws.items()[0], ...changes });

describe("a sign-in", () => {
  it("migrates a user who types the legacy password, without a mail", async () => {
    const event = signIn("rroe");
    expect(await migrate(event)).toEqual({
      ...event,
      response: { ...RESPONSE, userAttributes: PROFILE, finalUserStatus: "CONFIRMED", messageAction: "SUPPRESS" },
    });
    expect(log.lines()).toContain('"userMigration":"offered to Cognito"');
  });

  it.each(["RRoe", " rroe ", "RROE\n"])("finds them by %j", async (userName) => {
    expect((await migrate(signIn(userName))).response).toMatchObject({ userAttributes: PROFILE });
  });

  it("reads once, what it needs alone, and no older state", async () => {
    await migrate(signIn("rroe"));
    expect(aws.calls()).toMatchObject([{ operation: "GetItem" }]);
    const { input } = aws.calls()[0] ?? {};
    expect(input).toMatchObject({
      TableName: "legacy-people",
      Key: { userName: { S: "rroe" } },
      ConsistentRead: true,
      ProjectionExpression: "#0,#1,#2,#3,#4,#5,#6,#7",
    });
    expect(Object.values(input.ExpressionAttributeNames)).toEqual([
      ...["mail", "fullName", "tenant"],
      ...["salt", "hash", "n", "r", "p"],
    ]);
  });

  it("marks addresses as verified if the directory has proven them", async () => {
    const attributes = { email: "mail", phone_number: "phone" };
    const both = { ...PROVEN, attributes };
    expect((await migrate(signIn("rroe"), both)).response?.userAttributes).toEqual({
      email: "rroe@example.org",
      email_verified: "true",
    });
    change({ phone: { S: "+31612345678" } });
    expect((await migrate(signIn("rroe"), both)).response?.userAttributes).toEqual({
      email: "rroe@example.org",
      email_verified: "true",
      phone_number: "+31612345678",
      phone_number_verified: "true",
    });
  });

  it("requires a new password with `RESET_REQUIRED`", async () => {
    const { response } = await migrate(signIn("rroe"), { ...PROVEN, finalStatus: "RESET_REQUIRED" });
    expect(response).toMatchObject({ finalUserStatus: "RESET_REQUIRED", messageAction: "SUPPRESS" });
  });

  it("requires no new password from a user who cannot get a code", async () => {
    change({ mail: { S: "" } });
    const event = signIn("rroe");
    expect(await migrate(event, { ...PROVEN, finalStatus: "RESET_REQUIRED" })).toEqual(event);
    expect(log.lines()).toContain('"cause":"no proven address to send a code to"');
  });

  it("writes numbers and booleans as text, and leaves out missing and empty values", async () => {
    change({ mail: { S: "" }, fullName: { BOOL: false }, tenant: { N: "42" } });
    expect((await migrate(signIn("rroe"))).response?.userAttributes).toEqual({ name: "false", "custom:tenant": "42" });
    change({ mail: { S: "a@example.org" }, fullName: { B: "AAAA" }, tenant: { L: [] } as object });
    expect((await migrate(signIn("rroe"))).response?.userAttributes).toEqual({ email: "a@example.org" });
  });

  it("accepts a salt and a hash in binary too", async () => {
    const { salt, hash } = rroe;
    change({ salt: { B: salt?.S }, hash: { B: hash?.S } });
    expect(salt?.S).toMatch(/=$/);
    expect((await migrate(signIn("rroe"))).response).toMatchObject({ userAttributes: PROFILE });
  });
});

it("migrates nobody with an empty password, even if the directory has one", async () => {
  aws.put(await legacyItem("rroe", "", ATTRIBUTES, CHEAP));
  for (const password of ["", null]) {
    const event = signIn("rroe", password);
    expect(await migrate(event)).toEqual(event);
  }
});

it.each<[string, object, LegacyItem]>([
  ["nobody", signIn("mallory", "wrong"), {}],
  ["an item that is unusable", signIn("rroe", "wrong"), { n: { N: "15" } }],
])("does the same work for %s as for a wrong password", async (_, event, changes) => {
  const scrypt = jest.mocked(crypto.scrypt);
  const costs = () => scrypt.mock.calls.map(([, , , { N, r, p }]) => [N, r, p]);
  aws.put(await legacyItem("rroe", PASSWORD, ATTRIBUTES));
  scrypt.mockClear();
  await migrate(signIn("rroe", "wrong"));
  const known = costs();
  scrypt.mockClear();
  change(changes);
  await migrate(event);
  expect(costs()).toEqual(known);
  expect(known).toEqual([[16384, 8, 1]]);
});

it.each(["é".repeat(1025), "\ud800"])("asks the directory nothing for a name that no item can have", async (name) => {
  await migrate(signIn(name));
  await migrate(forgotten(name));
  expect(aws.calls("GetItem")).toEqual([]);
  expect(log.lines()).not.toContain("unavailable");
});

describe("nobody is migrated, and Cognito answers as for a wrong password", () => {
  it.each<[string, object]>([
    ["a wrong password", signIn("rroe", `${PASSWORD}!`)],
    ["an empty password", signIn("rroe", "")],
    ["no password", signIn("rroe", null)],
    ["an unknown name", signIn("mallory")],
    ["an empty name", signIn("  ")],
    ["an unknown name that forgot the password", forgotten("mallory")],
    ["a sign-in without a source", { ...signIn("rroe"), triggerSource: undefined, request: {} }],
  ])("%s", async (_, event) => {
    expect(await migrate(event, PROVEN)).toEqual(JSON.parse(JSON.stringify(event)));
    expect(log.lines()).toContain('"outcome":"allowed"');
    expect(log.lines()).not.toContain("offered");
  });

  it.each<[string, LegacyItem, string]>([
    ["n is too much", { n: { N: "1048576" }, r: { N: "8" } }, "n * r * p is 8388608"],
    ["n is no power of two", { n: { N: "15" } }, "n is 15, but it must be a power of two"],
    ["r is too much", { r: { N: "1e9" } }, "r is 1000000000, but it must be"],
    ["p is missing", { p: undefined }, "p is missing, or no number"],
    ["n is text", { n: { S: "16" } }, "n is missing, or no number"],
    ["the hash is empty", { hash: { B: "" } }, "hash is missing, or neither binary nor base64"],
    ["the hash is short", { hash: { B: "AAAA" } }, "length of hash is 3, but"],
    ["the salt is no base64", { salt: { S: "not base64!" } }, "salt is missing, or neither binary nor base64"],
    ["the salt is missing", { salt: undefined }, "salt is missing, or neither binary nor base64"],
  ])("an item of which %s, with a line that names it and nobody", async (_, changes, cause) => {
    change(changes);
    const event = signIn("rroe");
    expect(await migrate(event)).toEqual(event);
    expect(log.lines()).toContain(`"legacyItem":"does not fit","cause":"${cause}`);
    expect(log.lines()).not.toMatch(/rroe|example\.org|battery/);
  });

  it.each([
    [400, '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}', "ResourceNotFoundException"],
    [400, '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"rroe"}', "AccessDeniedException"],
    [500, "{}", "500"],
    [200, "rroe", "Unreadable200"],
  ])("a table that answers %d %s", async (status, body, cause) => {
    aws.answer("GetItem", { status, body });
    for (const event of [signIn("rroe"), forgotten("rroe")]) expect(await migrate(event, PROVEN)).toEqual(event);
    expect(log.lines()).toContain(`"legacyDirectory":"unavailable","cause":"${cause}"`);
    expect(log.lines()).not.toContain("rroe");
  });
});

describe.each([
  ["a sign-in", signIn],
  ["a forgotten password", forgotten],
])("%s of somebody whom Cognito would not accept is answered as if nobody were there", (_, event) => {
  const attributes = { email: "mail", phone_number: "phone", birthdate: "born", "custom:tenant": "tenant" };
  const all = { ...PROVEN, attributes };
  const person = { mail: { S: "rroe@example.org" } };

  it.each<[string, Pool, string, LegacyItem]>([
    ["phone_number has a wrong format", WITH_NAMES, "rroe", { phone: { S: "06 12345678" } }],
    ["phone_number has a wrong format", WITH_NAMES, "rroe", { phone: { S: "0031612345678" } }],
    ["phone_number has a wrong format", WITH_NAMES, "rroe", { phone: { N: "31612345678" } }],
    ["email has a wrong format", WITH_NAMES, "rroe", { mail: { S: "rroe" } }],
    ["email has a wrong format", WITH_NAMES, "rroe", { mail: { S: "Roe <rroe@example.org>" } }],
    ["email has a wrong format", WITH_NAMES, "rroe", { mail: { S: " rroe@example.org" } }],
    ["email has a wrong format", WITH_NAMES, "rroe", { mail: { S: "rroe\0@example.org" } }],
    ["birthdate has a wrong format", WITH_NAMES, "rroe", { born: { S: "1-2-1990" } }],
    ["custom:tenant is too long", WITH_NAMES, "rroe", { tenant: { S: "x".repeat(257) } }],
    ["email is missing", WITH_ADDRESSES, "rroe@example.org", { mail: undefined, phone: { S: "+31612345678" } }],
    ["email is another one", WITH_ADDRESSES, "rroe@example.org", { mail: { S: "new@example.org" } }],
    ["the typed name is no address", WITH_ADDRESSES, "rroe", {}],
    ["email is another one", WITH_ALIASES, "rroe@example.org", { mail: { S: "new@example.org" } }],
    ["phone_number is another one", WITH_ALIASES, "+31612345678", {}],
    ["the user name is missing or has a wrong format", WITH_ALIASES, "rroe@example.org", {}],
    ["the user name is missing or has a wrong format", WITH_ALIASES, "rroe@example.org", { login: { S: "r roe" } }],
    ["the user name is missing or has a wrong format", WITH_ALIASES, "rroe@example.org", { login: { S: "r@roe" } }],
  ])("%s (%j)", async (cause, pool, typed, changes) => {
    aws.answer("AdminGetUser", NOT_FOUND);
    aws.put({ ...rroe, ...person, userName: { S: typed }, ...changes });
    const settings = { ...all, ...(pool.signIn === "username-or-alias" && { userName: "login" }) };
    expect(await migrate(event(typed), settings, pool)).toEqual(event(typed));
    expect(log.lines()).toContain(`"legacyItem":"does not fit","cause":"${cause}"`);
    expect(log.lines()).not.toMatch(/rroe|example\.org|316/);
  });

  it("but is offered where all of it fits", async () => {
    aws.put({ ...rroe, ...person, userName: { S: "rroe@example.org" }, phone: { S: "+31612345678" } });
    const { response } = await migrate(event("RRoe@example.org"), all, WITH_ADDRESSES);
    expect(response?.userAttributes).toMatchObject({ email: "rroe@example.org", phone_number: "+31612345678" });
  });

  describe("in a pool where addresses are aliases", () => {
    const settings = { ...PROVEN, userName: "login" };
    const typed = "rroe@example.org";
    beforeEach(() => aws.put({ ...rroe, userName: { S: typed }, login: { S: "roe" } }));
    const migrated = async (name: string) => (await migrate(event(name), settings, WITH_ALIASES)).response;

    it("the answer carries the user name of somebody who typed an address", async () => {
      aws.answer("AdminGetUser", NOT_FOUND);
      expect((await migrated(typed))?.userAttributes).toMatchObject({ ...PROFILE, username: "roe" });
      expect(aws.calls("AdminGetUser").map(({ input }) => input.Username)).toEqual(["roe"]);
    });

    it("and not of somebody who typed the user name", async () => {
      aws.put(rroe);
      aws.answer("AdminGetUser", NOT_FOUND);
      expect((await migrated("rroe"))?.userAttributes).not.toHaveProperty("username");
      expect(aws.calls("AdminGetUser").map(({ input }) => input.Username)).toEqual(["rroe@example.org"]);
    });

    it.each([
      ["another user has one of the names", { status: 200, body: "{}" }],
      ["the look-up fails", { status: 500, body: "{}" }],
    ])("nobody is offered when %s", async (_, answer) => {
      aws.answer("AdminGetUser", answer);
      expect((await migrated(typed))?.userAttributes).toBeNull();
      expect(log.lines()).toContain("another user of the pool has");
    });

    it("an unknown name costs a look-up too", async () => {
      aws.answer("AdminGetUser", NOT_FOUND);
      const { userAttributes } = (await migrate(forgotten("mallory"), settings, WITH_ALIASES)).response ?? {};
      expect([userAttributes, aws.calls("AdminGetUser").length]).toEqual([null, 1]);
    });
  });
});

it("offers nothing that a pool refuses: what fits here passes the local cloud's own check", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("a@b.cd", "a@b", "+31612345678", "0612345678", "1990-01-02", "1", ".a@b.c", "a@b..c", "a@-b.c"),
  );
  const schema = STANDARD_ATTRIBUTES.map((Name) => ({ Name, AttributeDataType: "String" as const, Mutable: true }));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...STANDARD_ATTRIBUTES), text), (profile) => {
      if (misfit({ typed: "rroe", profile }, WITH_NAMES)) return;
      checkSchema({ SchemaAttributes: schema }, profile, true);
    }),
  );
});

it("asks nothing of DynamoDB about a name that is too long for its key", async () => {
  const event = forgotten("\u{1f600}".repeat(600));
  expect(await migrate(event, PROVEN)).toEqual(event);
  expect(aws.calls()).toEqual([]);
});

describe("a forgotten password", () => {
  it("migrates a user who can get a code, without a status", async () => {
    const event = forgotten("rroe");
    expect(await migrate(event, PROVEN)).toEqual({
      ...event,
      response: {
        ...RESPONSE,
        userAttributes: { ...PROFILE, email_verified: "true" },
        messageAction: "SUPPRESS",
      },
    });
  });

  it("does not even read the password", async () => {
    await migrate(forgotten("rroe"), PROVEN);
    expect(Object.values(aws.calls()[0]?.input.ExpressionAttributeNames)).toEqual(["mail", "fullName", "tenant"]);
  });

  it.each([
    ["the item has no address", PROVEN, { fullName: "Richard Roe" }],
    ["the pool sends no codes to what it has", BY_PHONE, { phone: "+12065550100" }],
  ])("takes nobody over where %s: they could never sign in again", async (_, changes, attributes) => {
    aws.put(await legacyItem("rroe", PASSWORD, attributes, CHEAP));
    const event = forgotten("rroe");
    expect(await migrate(event, changes)).toEqual(event);
    expect(log.lines()).toContain('"cause":"no proven address to send a code to"');
  });

  it("takes nobody over where the addresses are not proven, which is no fault of the item", async () => {
    const event = forgotten("rroe");
    expect(await migrate(event, SETTINGS)).toEqual(event);
    expect(log.lines()).not.toContain("legacyItem");
  });
});

it("handles an event with any part missing, and migrates nobody without a password", async () => {
  for (const event of [{}, ...incomplete(signIn("rroe"))] as ReturnType<typeof signIn>[]) {
    const { response } = await migrate(event);
    const isWhole = event.userName === "rroe" && event.request?.password === PASSWORD;
    expect(!!response?.userAttributes).toBe(isWhole);
  }
});

it("gives back unchanged what comes from a source that AWS may add, and reads nothing for it", async () => {
  const event = { ...signIn("rroe"), triggerSource: "UserMigration_Future" };
  expect(await migrate(event)).toEqual(event);
  expect(aws.calls()).toEqual([]);
  expect(log.lines()).toContain("unknown source, returned unchanged");
});

it("never returns a sub, whatever the item has", async () => {
  change({ sub: { S: "3f0c" } });
  expect((await migrate(signIn("rroe"))).response?.userAttributes).toEqual(PROFILE);
});

it("logs nothing of anybody, however it goes", async () => {
  await migrate(signIn("rroe"), PROVEN);
  await migrate(signIn("rroe", "wrong horse"), PROVEN);
  await migrate(signIn("mallory", "wrong horse"), PROVEN);
  await migrate(forgotten("rroe"), PROVEN);
  expect(log.lines()).toContain("eu-west-1_Example");
  expect(log.lines()).not.toMatch(/rroe|mallory|horse|example\.org|acme|Roe/);
});

describe("each mistake in the settings is a sentence of its own", () => {
  const email = { email: "mail" };

  it.each<[object, string]>([
    [{ attributes: email }, "legacy.table is missing: it must be text."],
    [
      { table: "a b", attributes: email },
      'legacy.table is "a b", but it must be 3 to 255 letters, digits, underscores, hyphens and dots.',
    ],
    [{ table: "people" }, 'legacy.attributes is missing: it must be an object such as { email: "mail" }.'],
    [{ table: "people", attributes: {} }, "legacy.attributes is {}, but it must name one attribute at least."],
    [
      { table: "people", attributes: { ...email, sub: "id" } },
      'legacy.attributes.sub is "id", but it must be left out: Cognito gives every user a sub of its own.',
    ],
    [
      { table: "people", attributes: { ...email, email_verified: "proven" } },
      'legacy.attributes.email_verified is "proven", but it must be left to addressesAreProven.',
    ],
    [
      { table: "people", attributes: { tenant: "tenant" } },
      'legacy.attributes.tenant is "tenant", but it must be for one of address, birthdate, email, family_name, gender, given_name, locale, middle_name, name, nickname, phone_number, picture, preferred_username, profile, updated_at, website, zoneinfo or custom:<name>.',
    ],
    [
      { table: "people", attributes: { name: "hash" } },
      'legacy.attributes.name is "hash", but it must be none of salt, hash, n, r, p, which keep the password.',
    ],
    [{ table: "people", attributes: { email: "" } }, 'legacy.attributes.email is "", but it must be 1 or more long.'],
    [
      { table: "people", attributes: { name: "name" }, addressesAreProven: true },
      "legacy.addressesAreProven is true, but it must be false unless attributes has email or phone_number.",
    ],
    [
      { table: "people", attributes: email, userName: "login" },
      'legacy.userName is "login", but it must be left out unless addressesAreProven is true.',
    ],
    [
      { table: "people", attributes: email, finalStatus: "RESET_REQUIRED" },
      'legacy.finalStatus is "RESET_REQUIRED", but it must be "CONFIRMED" unless addressesAreProven is true.',
    ],
    [
      { table: "people", attributes: email, finalStatus: "UNCONFIRMED" },
      'legacy.finalStatus is "UNCONFIRMED", but it must be "CONFIRMED" or "RESET_REQUIRED".',
    ],
  ])("%j", (wrong, expected) => {
    expect(() => checked(settingsSchema(), wrong, "legacy")).toThrow(new Error(expected));
  });

  it("and the rest has defaults", () => {
    expect(
      checked(settingsSchema(), { table: "people", attributes: { "custom:tenant": "userName" } }, "legacy"),
    ).toEqual({
      table: "people",
      attributes: { "custom:tenant": "userName" },
      addressesAreProven: false,
      finalStatus: "CONFIRMED",
    });
  });
});
