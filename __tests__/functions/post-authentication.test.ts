import { handler } from "../../functions/post-authentication";
import { type PostAuthenticationSettings, settingsSchema } from "../../functions/post-authentication/settings";
import { NEUTRAL_MESSAGE } from "../../functions/shared/trigger";
import { fakeAws } from "./fake-aws";
import { Failure } from "./fake-services";
import { call, captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const aws = fakeAws();
const settings = (changes: PostAuthenticationSettings = {}) => ({
  ...settingsSchema().parse(changes),
  table: "sign-ins",
});
const NOON = Date.parse("2026-03-01T12:00:00Z");

interface Parts {
  userName?: string | null;
  userAttributes?: Record<string, string>;
  clientId?: string;
  newDeviceUsed?: boolean | null;
}

function signedIn({ userName = "rroe", userAttributes = { sub: "3f0c" }, clientId = "client", ...more }: Parts = {}) {
  const event = cognitoEvent({ triggerSource: "PostAuthentication_Authentication", userAttributes });
  return { ...event, userName, callerContext: { clientId }, request: { userAttributes, ...more } };
}

/** Signs in some milliseconds after noon. */
function signIn(after: number, parts?: Parts, changes?: PostAuthenticationSettings) {
  jest.spyOn(Date, "now").mockReturnValue(NOON + after);
  return call(handler, settings(changes), signedIn(parts));
}

it("records who, when and through which client, and nothing else that the event holds", async () => {
  const userAttributes = { sub: "3f0c", email: "ann@example.org", phone_number: "+31612345678" };
  const event = signedIn({ userAttributes, newDeviceUsed: true });
  expect(await signIn(7_000, { userAttributes, newDeviceUsed: true }, { keepDays: 2 })).toEqual(event);
  expect(aws.items()).toEqual([
    {
      user: { S: "3f0c" },
      at: { S: "2026-03-01T12:00:00.000Z#client" },
      client: { S: "client" },
      newDevice: { BOOL: true },
      until: { N: String(Date.parse("2026-03-03T12:00:07Z") / 1000) },
    },
  ]);
});

it.each<[string, Parts, string]>([
  ["the sub", {}, "3f0c"],
  ["the user name, without a sub", { userAttributes: {} }, "rroe"],
])("names the user by %s", async (_, parts, user) => {
  await signIn(0, parts);
  expect(aws.items()).toMatchObject([{ user: { S: user } }]);
});

it.each<[string, Parts]>([
  ["an address for a name", { userName: "ann@example.org", userAttributes: {} }],
  ["a phone number for a name", { userName: "+31612345678", userAttributes: {} }],
  ["a name that is no key", { userName: "a".repeat(2049), userAttributes: {} }],
  ["no name", { userName: null, userAttributes: {} }],
])("records nobody who has %s, and says so in the log", async (_, parts) => {
  await signIn(0, parts);
  expect(aws.calls()).toEqual([]);
  expect(log.lines()).toContain("the event has neither sub nor a userName that is no address");
  expect(log.lines()).not.toContain("ann@");
});

const OTHER_CLIENT: Parts = { clientId: "other" };
const OTHER_USER: Parts = { userAttributes: { sub: "77aa" } };

it.each<[string, [number, Parts?][], number]>([
  ["three tries within a quarter of a minute", [[0], [5_000], [10_000]], 1],
  ["three tries across the end of one", [[9_000], [14_000], [19_000]], 1],
  ["three tries just before and after the end", [[14_999], [15_000], [15_001]], 1],
  ["tries 15 s apart", [[1], [15_000]], 1],
  ["two sign-ins half a minute apart", [[0], [30_000]], 2],
  ["two clients at once", [[0], [0, OTHER_CLIENT]], 2],
  ["two users at once", [[0], [0, OTHER_USER]], 2],
])("of %s, records as many as there were sign-ins", async (_, tries, expected) => {
  for (const [after, parts] of tries) await signIn(after, parts);
  expect(aws.items()).toHaveLength(expected);
});

it.each([
  ["TransactionConflict", "takes the try for recorded, as the one it collides with writes the same"],
  ["ThrottlingError", "does not"],
])("where a write is cancelled for %s, %s", async (Code) => {
  const cancelled = new Failure("TransactionCanceledException", { CancellationReasons: [{ Code }, { Code: "None" }] });
  aws.fail("TransactWriteItems", cancelled);
  const outcome = await signIn(0, {}, { onFailure: "deny" }).then(
    () => "recorded",
    () => "failed",
  );
  expect(outcome).toBe(Code === "TransactionConflict" ? "recorded" : "failed");
});

it("lets a sign-in continue that cannot be recorded, and logs that", async () => {
  aws.fail("TransactWriteItems", "ResourceNotFoundException");
  expect(await signIn(0)).toEqual(signedIn());
  expect(log.lines()).toContain('"signInRecord":"failed","onFailure":"allow"');
  expect(log.lines()).not.toMatch(/3f0c|rroe|ann@/);
});

it("waits for the record no longer than half the time after which Cognito tries again", async () => {
  const deadlines = aws.hang("TransactWriteItems");
  expect(await signIn(0)).toEqual(signedIn());
  expect(deadlines).toHaveLength(1);
  expect(deadlines[0]).toBeLessThan(2500);
  expect(log.lines()).toContain('"cause":"TimeoutError"');
});

it('denies such a sign-in with `onFailure: "deny"`', async () => {
  aws.fail("TransactWriteItems", "ResourceNotFoundException");
  await expect(signIn(0, {}, { onFailure: "deny" })).rejects.toThrow(new Error(NEUTRAL_MESSAGE));
  expect(log.lines()).toContain("the sign-in cannot be recorded");
});

it.each([{ keepDays: 0 }, { keepDays: 3651 }, { keepDays: 1.5 }, { onFailure: "ignore" }, { keep: 1 }])(
  "refuses the settings %j",
  (wrong) => {
    expect(settingsSchema().safeParse(wrong).success).toBe(false);
  },
);
