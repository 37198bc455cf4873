import { timedCode } from "../authenticator";
import { PASSWORD } from "../fake-cloud";
import { type PoolWithFactors, poolWithFactors } from "../pool-with-factors";

// All of these happen to one user, one after the other.
let pool: PoolWithFactors;
let secret: string;
beforeAll(async () => {
  pool = await poolWithFactors("OPTIONAL");
  secret = await pool.withApp();
  await pool.cloud.addUser("mo");
});
afterAll(async () => {
  jest.restoreAllMocks();
  await pool.cloud.close();
});

const app = "SOFTWARE_TOKEN_MFA";
const invalidSession = { name: "NotAuthorizedException", message: "Invalid session for the user." };

type Theft = [how: string, steal: (session: string) => Promise<unknown>, error: object];
const thefts: Theft[] = [
  ["as the end of a setup", (session) => pool.respond("MFA_SETUP", session), invalidSession],
  ["to show a new secret", (session) => pool.associate(session), invalidSession],
  ["to verify a new app", (session) => pool.verify(session, "000000"), invalidSession],
  ["as a choice of factors", (session) => pool.respond("SELECT_MFA_TYPE", session, { ANSWER: app }), invalidSession],
  [
    "as a new password",
    (session) => pool.respond("NEW_PASSWORD_REQUIRED", session, { NEW_PASSWORD: PASSWORD }),
    invalidSession,
  ],
  [
    "as an answer to the functions",
    (session) => pool.respond("CUSTOM_CHALLENGE", session, { ANSWER: "1" }),
    invalidSession,
  ],
  ["with an empty code", (session) => pool.typeCode(session, ""), { name: "InvalidParameterException" }],
  ["without a code", (session) => pool.respond(app, session), { name: "InvalidParameterException" }],
  [
    "as another challenge",
    (session) => pool.respond("SMS_MFA", session, { SMS_MFA_CODE: "123456" }),
    { name: "NotImplementedException" },
  ],
  [
    "for another user",
    (session) =>
      pool.typeCode(session, pool.newCode(secret), {
        ChallengeResponses: { USERNAME: "mo", SOFTWARE_TOKEN_MFA_CODE: timedCode(secret) },
      }),
    invalidSession,
  ],
  [
    "for another app client",
    (session) => pool.typeCode(session, pool.newCode(secret), { ClientId: "other" }),
    invalidSession,
  ],
  [
    "once it is too old",
    (session) => {
      pool.wait(181);
      return pool.typeCode(session, pool.newCode(secret));
    },
    { ...invalidSession, message: "Invalid session for the user, session is expired." },
  ],
  [
    "once the password was set again",
    async (session) => {
      await pool.cloud.call("AdminSetUserPassword", { Username: "jo", Password: PASSWORD, Permanent: true });
      return pool.typeCode(session, pool.newCode(secret));
    },
    invalidSession,
  ],
  [
    "once the user is disabled",
    async (session) => {
      await pool.cloud.call("AdminDisableUser", { Username: "jo" });
      const theft = pool.typeCode(session, pool.newCode(secret));
      return theft.finally(() => pool.cloud.call("AdminEnableUser", { Username: "jo" }));
    },
    { name: "NotAuthorizedException", message: "User is disabled." },
  ],
  [
    "once another user has the name",
    async (session) => {
      await pool.cloud.call("AdminDeleteUser", { Username: "jo" });
      await pool.cloud.addUser("jo");
      return pool.typeCode(session, pool.newCode(secret));
    },
    invalidSession,
  ],
];

describe("a session without its factor is worth nothing", () => {
  it("nor twice", async () => {
    const { Session } = await pool.signIn();
    await pool.typeCode(Session, pool.newCode(secret));
    await expect(pool.typeCode(Session, pool.newCode(secret))).rejects.toMatchObject(invalidSession);
  });

  it.each(thefts)("%s", async (_, steal, error) => {
    const { Session } = await pool.signIn();
    const before = await pool.sessions();
    pool.cloud.events.length = 0;
    await expect(steal(Session)).rejects.toMatchObject(error);
    expect(await pool.sessions()).toBeLessThanOrEqual(before);
    expect(pool.cloud.sources()).toEqual([]);
  });
});
