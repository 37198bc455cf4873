import "./any-blocks";

import { type AccessSettings, accessSchema, requireAccess } from "../../functions/shared/access";
import { activeBlock, entriesFor, readBlocks } from "../../functions/shared/block-list";
import { ServiceError } from "../../functions/shared/service";
import { captureLog, cognitoEvent, type EventParts } from "./handlers";

const log = captureLog();
const check = (settings: AccessSettings, parts: EventParts, more: object = {}) =>
  requireAccess(
    { ...cognitoEvent(parts), ...more },
    { ...accessSchema().parse(settings), blockListTable: "blocks" },
    "log in",
  );
const from = (email: string): EventParts => ({
  userName: "3f0c",
  userAttributes: { email, sub: "3f0c" },
});
const refusal = (settings: AccessSettings, parts: EventParts) =>
  check(settings, parts).then(
    () => "let in",
    (error) => error.message,
  );

beforeEach(() => {
  jest.mocked(readBlocks).mockReset().mockResolvedValue([]);
});

it.each<[AccessSettings, EventParts, string]>([
  [{ deniedDomains: ["example.com"] }, from("a@example.com"), "Users from example.com are no longer allowed to log in"],
  [
    { deniedDomains: ["Example.com"] },
    from("a@EXAMPLE.com."),
    "Users from Example.com are no longer allowed to log in",
  ],
  [{ deniedDomains: ["example.com"] }, from("a@mail.example.com"), "let in"],
  [
    { deniedDomains: ["example.com"], includeSubdomains: true },
    from("a@mail.example.com"),
    "Users from example.com are no longer allowed to log in",
  ],
  [{ deniedDomains: ["example.com"] }, from("a@example.org"), "let in"],
  [
    { deniedDomains: ["example.com"] },
    from("a@example.org@example.com"),
    "Users with such an email address are not allowed to log in [address-refused]",
  ],
  [{ allowedDomains: ["example.org"] }, from("a@example.org"), "let in"],
  [
    { allowedDomains: ["example.org"] },
    from("a@example.net"),
    "Users from this domain are not allowed to log in [domain-not-allowed]",
  ],
  [
    { allowedDomains: ["example.org"], deniedDomains: ["example.org"] },
    from("a@example.org"),
    "Users from example.org are no longer allowed to log in",
  ],
  [
    { allowedDomains: ["example.org"] },
    { userName: "rroe" },
    "Users without an email address are not allowed to log in [address-missing]",
  ],
  [{}, { userName: "rroe" }, "let in"],
])("with %j, %j: %s", async (settings, parts, outcome) => {
  expect(await refusal(settings, parts)).toBe(outcome);
});

it("leaves an unknown user without address to Cognito, which answers as to a wrong password", async () => {
  await check({ allowedDomains: ["example.org"] }, {}, { request: { userNotFound: true } });
});

describe("the block list", () => {
  it("is asked once, for a bounded number of entries", async () => {
    const labels = Array.from({ length: 60 }, (_, index) => `d${index}`).join(".");
    await check({ includeSubdomains: true }, from(`a@${labels}.example.com`));
    expect(readBlocks).toHaveBeenCalledTimes(1);
    expect(jest.mocked(readBlocks).mock.calls[0]?.[1].length).toBeLessThan(15);
  });

  it("is asked for every name of a person and their domain, in the normal spelling", () => {
    const event = cognitoEvent({
      userName: "RRoe",
      userAttributes: {
        email: "R@Mail.Example.com",
        sub: "3F0C",
        preferred_username: "Roé",
        phone_number: "+31612345678",
      },
    });
    expect(entriesFor(event, false)).toEqual([
      "user:rroe",
      "user:3f0c",
      "user:r@mail.example.com",
      "user:roé",
      "user:+31612345678",
      "domain:mail.example.com",
    ]);
    expect(entriesFor(event, true)).toEqual(expect.arrayContaining(["domain:mail.example.com", "domain:example.com"]));
  });

  it("is asked for the names of a person at identity providers", () => {
    const identities = JSON.stringify([
      { providerName: "Google", userId: "123", primary: true },
      { providerName: "Company", userId: "Ann_B|2b/7" },
    ]);
    const event = cognitoEvent({ userName: "3f0c", userAttributes: { identities } });
    expect(entriesFor(event, false)).toEqual(["user:3f0c", "user:google_123", "user:company_ann_b|2b/7"]);
  });

  it.each(["", "{", "null", "{}", "[null]", "[1]", '[{"providerName":"Google"}]', '["Google_1"]'])(
    "is asked for no more where the identities are %j",
    (identities) => {
      expect(entriesFor(cognitoEvent({ userName: "a", userAttributes: { identities } }), false)).toEqual(["user:a"]);
    },
  );

  it("is asked for a bounded number of identities", () => {
    const many = Array.from({ length: 200 }, (_, index) => ({ providerName: "Outer", userId: `${index}` }));
    const event = cognitoEvent({ userAttributes: { identities: JSON.stringify(many) } });
    expect(entriesFor(event, false).length).toBeLessThan(25);
  });

  it.each([
    ["STRAẞE", ["user:strasse", "user:straße"]],
    ["Zoe\u0308", ["user:zoë", "user:zoe\u0308"]],
    ["Jörg@Bücher.example", ["user:jörg@xn--bcher-kva.example", "user:jörg@bücher.example"]],
    ["rroe", ["user:rroe"]],
  ])("is asked for %j in the normal spelling, and in the one that entries had before", (userName, entries) => {
    expect(entriesFor(cognitoEvent({ userName }), false).filter((entry) => entry.startsWith("user:"))).toEqual(entries);
  });

  it.each([
    ["too long", `${"a".repeat(2044)}@example.org`],
    ["too long by their bytes", `${"é".repeat(1030)}@example.org`],
    ["without UTF-8", "\ud800@example.org"],
  ])("is not asked for names that no entry can have, but for all others: %s", async (_, email) => {
    await check({}, { userName: "3f0c", userAttributes: { email, sub: "3f0c" } });
    expect(jest.mocked(readBlocks).mock.calls[0]?.[1]).toEqual(["user:3f0c", "domain:example.org"]);
  });

  it.each([
    ["user:3f0c", "This user is no longer allowed to log in [user-blocked]"],
    ["domain:example.org", "Users from example.org are no longer allowed to log in"],
  ])("refuses whom %s names", async (entry, message) => {
    jest.mocked(readBlocks).mockResolvedValue([{ entry }]);
    expect(await refusal({}, from("a@example.org"))).toBe(message);
  });

  it("counts an entry until its time, whatever DynamoDB has not yet removed", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    const at = (seconds: number) => [{ entry: "user:a", until: now / 1000 + seconds }];
    expect(activeBlock(at(1), now)).toBeDefined();
    expect(activeBlock(at(0), now)).toBeUndefined();
    expect(activeBlock(at(-1), now)).toBeUndefined();
    expect(activeBlock([...at(-1), { entry: "user:b" }], now)).toEqual({ entry: "user:b" });
  });

  it.each([
    ["deny", "the block list cannot be read"],
    ["allow", "let in"],
  ] as const)("that cannot be read: %s as set, and a line that a metric counts", async (onUnavailable, outcome) => {
    jest.mocked(readBlocks).mockRejectedValue(new Error("for the log, not for people"));
    expect(await refusal({ onUnavailable }, from("a@example.org"))).toBe(outcome);
    expect(log.lines()).toContain(`"blockList":"unavailable","onUnavailable":"${onUnavailable}"`);
  });

  it.each(["ValidationException", "SerializationException"])(
    "that calls the question wrong with %s is no outage: nobody is let in for that",
    async (name) => {
      jest.mocked(readBlocks).mockRejectedValue(new ServiceError("BatchGetItem", name));
      expect(await refusal({ onUnavailable: "allow" }, from("a@example.org"))).toBe("the block list cannot be read");
      expect(log.lines()).toContain('"blockList":"unavailable","onUnavailable":"deny"');
    },
  );
});
