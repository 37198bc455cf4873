import { timedCode } from "../authenticator";
import { PASSWORD } from "../fake-cloud";
import { type PoolWithFactors, poolWithFactors } from "../pool-with-factors";

const functions = {
  DefineAuthChallenge: () => ({ challengeName: "CUSTOM_CHALLENGE", issueTokens: false, failAuthentication: false }),
  CreateAuthChallenge: () => ({ publicChallengeParameters: {}, privateChallengeParameters: {} }),
  VerifyAuthChallengeResponse: () => ({ answerCorrect: true }),
};
/** People may have a factor in the first pool, and must have one in the second. */
let optional: PoolWithFactors;
let required: PoolWithFactors;
/** The secret of jo's app in the first pool, and the one that the second pool has shown last. */
let secret: string;
let shownSecret: string | undefined;

beforeAll(async () => {
  const mfa = { SmsMfaConfiguration: { SmsAuthenticationMessage: "{####}" } };
  optional = await poolWithFactors("OPTIONAL", functions, { mfa });
  required = await poolWithFactors("ON", functions);
  await required.cloud.addUser("mo");
  secret = await optional.withApp();
  await optional.cloud.addUser("two", { phone_number: "+31600000000" });
  await optional.withApp({}, "two");
  await optional.prefer({ Username: "two", SMSMfaSettings: { Enabled: true } });
  await optional.cloud.addUser("new");
  await optional.cloud.call("AdminSetUserPassword", { Username: "new", Password: PASSWORD });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await optional.cloud.close();
  await required.cloud.close();
});

type Use = (pool: PoolWithFactors, session: string, USERNAME: string) => Promise<unknown>;
const USES: Readonly<Record<string, Use>> = {
  "a new password": (pool, session, USERNAME) =>
    pool.respond("NEW_PASSWORD_REQUIRED", session, { USERNAME, NEW_PASSWORD: `${PASSWORD}!` }),
  "a choice of factors": (pool, session, USERNAME) =>
    pool.respond("SELECT_MFA_TYPE", session, { USERNAME, ANSWER: "SOFTWARE_TOKEN_MFA" }),
  "a code of the app": (pool, session, USERNAME) =>
    pool.respond("SOFTWARE_TOKEN_MFA", session, { USERNAME, SOFTWARE_TOKEN_MFA_CODE: pool.newCode(secret) }),
  "a new secret": (pool, session) => pool.associate(session),
  "the first code of an app": (pool, session) => pool.verify(session, timedCode(shownSecret ?? secret)),
  "the end of a setup": (pool, session, USERNAME) => pool.respond("MFA_SETUP", session, { USERNAME }),
  "an answer to the functions": (pool, session, USERNAME) =>
    pool.respond("CUSTOM_CHALLENGE", session, { USERNAME, ANSWER: "42" }),
};

interface Opened {
  readonly pool: PoolWithFactors;
  readonly username: string;
  readonly session: string;
}
const signedIn = async (pool: PoolWithFactors, username: string): Promise<Opened> => ({
  pool,
  username,
  session: (await pool.signIn("USER_PASSWORD_AUTH", username)).Session,
});
const shown = async (username: string): Promise<Opened> => {
  const asked = await signedIn(required, username);
  const { Session, SecretCode = "" } = await required.associate(asked.session);
  shownSecret = SecretCode;
  return { ...asked, session: Session };
};

/** The sessions that a sign-in can have, and what each of them is for. */
const SESSIONS: [of: string, use: string, open: () => Promise<Opened>][] = [
  ["a temporary password", "a new password", () => signedIn(optional, "new")],
  ["two factors", "a choice of factors", () => signedIn(optional, "two")],
  ["a factor", "a code of the app", () => signedIn(optional, "jo")],
  ["a setup", "a new secret", () => signedIn(required, "jo")],
  ["a secret that was shown", "the first code of an app", () => shown("jo")],
  [
    "a verified app",
    "the end of a setup",
    async () => {
      // Not jo, who has an app now and sets up no other.
      const { session, ...others } = await shown("mo");
      return { ...others, session: (await required.verify(session, timedCode(shownSecret ?? ""))).Session };
    },
  ],
  [
    "the functions",
    "an answer to the functions",
    async () => {
      const AuthParameters = { USERNAME: "jo" };
      const asked = await optional.cloud.call("InitiateAuth", { AuthFlow: "CUSTOM_AUTH", AuthParameters });
      return { pool: optional, username: "jo", session: asked.Session };
    },
  ],
];

// No step can be left out, and none can be done in another order.
describe.each(SESSIONS)("the session of %s", (_, right, open) => {
  it(`is good for ${right} alone`, async () => {
    const { pool, username, session } = await open();
    const before = await pool.sessions();
    pool.cloud.events.length = 0;
    for (const [use, run] of Object.entries(USES)) {
      if (use === right) continue;
      const outcome = await run(pool, session, username).then(
        () => "accepted",
        ({ name, message }: Error) => `${name}: ${message}`,
      );
      expect([use, outcome]).toEqual([use, "NotAuthorizedException: Invalid session for the user."]);
    }
    expect(pool.cloud.sources()).toEqual([]);
    expect(await pool.sessions()).toBe(before);
    await USES[right]?.(pool, session, username);
  });
});
