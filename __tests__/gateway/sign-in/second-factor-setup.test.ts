import { timedCode, wrongCode } from "../authenticator";
import { PASSWORD } from "../fake-cloud";
import { type PoolWithFactors, poolWithFactors } from "../pool-with-factors";

let pool: PoolWithFactors;
const start = async (...settings: Parameters<typeof poolWithFactors>) => {
  pool = await poolWithFactors(...settings);
};
afterEach(async () => {
  jest.restoreAllMocks();
  await pool.cloud.close();
});

const app = "SOFTWARE_TOKEN_MFA";
const invalidSession = { name: "NotAuthorizedException", message: "Invalid session for the user." };
const used = { name: "ExpiredCodeException", message: "Your software token has already been used once." };

describe("a pool that requires a factor", () => {
  it("has people set up an app at the first sign-in", async () => {
    await start("ON");
    const asked = await pool.signIn();
    expect(asked).toMatchObject({
      ChallengeName: "MFA_SETUP",
      ChallengeParameters: { USER_ID_FOR_SRP: "jo", MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    });
    const shown = await pool.associate(asked.Session);
    const secret = shown.SecretCode ?? "";
    const code = timedCode(secret);
    const verified = await pool.verify(shown.Session, code);
    expect(verified.Status).toBe("SUCCESS");
    expect(await pool.sessions()).toBe(0);
    expect((await pool.respond("MFA_SETUP", verified.Session)).AuthenticationResult).toBeDefined();
    expect(await pool.factors()).toEqual([[app], app]);
    const next = await pool.signIn();
    expect(next.ChallengeName).toBe(app);
    await expect(pool.typeCode(next.Session, code)).rejects.toMatchObject(used);
    expect((await pool.typeCode(next.Session, pool.newCode(secret))).AuthenticationResult).toBeDefined();
  });

  it("takes no wrong code at the setup, and counts it", async () => {
    await start("ON");
    const { Session, SecretCode = "" } = await pool.associate((await pool.signIn()).Session);
    const error = { name: "EnableSoftwareTokenMFAException", message: "Code mismatch" };
    for (let i = 0; i < 5; i++) await expect(pool.verify(Session, wrongCode(SecretCode))).rejects.toMatchObject(error);
    await expect(pool.verify(Session, timedCode(SecretCode))).rejects.toMatchObject({
      name: "TooManyRequestsException",
    });
    expect(await pool.factors()).toEqual([undefined, undefined]);
  });

  type Step = "asked" | "shown" | "verified";
  const steps: [use: string, allowed: Step, use_: (session: string, secret: string) => Promise<unknown>][] = [
    ["AssociateSoftwareToken", "asked", (session) => pool.associate(session)],
    ["VerifySoftwareToken", "shown", (session, secret) => pool.verify(session, timedCode(secret))],
    ["RespondToAuthChallenge", "verified", (session) => pool.respond("MFA_SETUP", session)],
  ];
  it.each(steps)("lets %s use no session but the one of its step, once", async (_, allowed, use) => {
    await start("ON");
    const asked = (await pool.signIn()).Session;
    const kept = (await pool.signIn()).Session;
    const { Session: shown, SecretCode: secret = "" } = await pool.associate(kept);
    const other = await pool.associate((await pool.signIn()).Session);
    const verified = allowed === "verified" ? (await pool.verify(shown, timedCode(secret))).Session : undefined;
    const sessions = { asked, shown, verified, spent: kept, none: undefined, nonsense: "nonsense" };
    for (const [step, session] of Object.entries(sessions)) {
      if (step === allowed || (!session && allowed !== "verified")) continue;
      await expect(use(session ?? "x", secret)).rejects.toMatchObject(invalidSession);
    }
    const right = sessions[allowed] ?? "";
    await use(right, secret);
    await expect(use(right, secret)).rejects.toMatchObject(invalidSession);
    // A session of before the setup, in other hands, replaces no app.
    if (allowed === "asked") return;
    await expect(pool.associate(asked)).rejects.toMatchObject(invalidSession);
    await expect(pool.verify(other.Session, timedCode(other.SecretCode ?? ""))).rejects.toMatchObject(invalidSession);
  });

  it.each([
    ["another user", { ChallengeResponses: { USERNAME: "mo" } }],
    ["another app client", { ClientId: "other" }],
  ])("ends no setup for %s", async (_, more) => {
    await start("ON");
    await pool.cloud.addUser("mo");
    const { Session, SecretCode = "" } = await pool.associate((await pool.signIn()).Session);
    const verified = await pool.verify(Session, timedCode(SecretCode));
    await expect(pool.respond("MFA_SETUP", verified.Session, {}, more)).rejects.toMatchObject(invalidSession);
  });

  it("has a setup end with the password that it began with", async () => {
    await start("ON");
    const asked = await pool.signIn();
    const shown = await pool.associate((await pool.signIn()).Session);
    await pool.cloud.call("AdminSetUserPassword", { Username: "jo", Password: `${PASSWORD}!`, Permanent: true });
    await expect(pool.associate(asked.Session)).rejects.toMatchObject(invalidSession);
    await expect(pool.verify(shown.Session, timedCode(shown.SecretCode ?? ""))).rejects.toMatchObject(invalidSession);
  });

  it("turns no factor off", async () => {
    await start("ON");
    const { Session, SecretCode = "" } = await pool.associate((await pool.signIn()).Session);
    await pool.verify(Session, timedCode(SecretCode));
    await pool.prefer({ SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false } });
    expect(await pool.factors()).toEqual([[app], undefined]);
    expect((await pool.signIn()).ChallengeName).toBe(app);
  });

  it("says that it cannot be served where the app is not offered", async () => {
    await start("ON", {}, { mfa: { SoftwareTokenMfaConfiguration: undefined, SmsMfaConfiguration: {} } });
    await expect(pool.signIn()).rejects.toMatchObject({ name: "NotImplementedException" });
  });
});

describe("a temporary password", () => {
  const create = () =>
    pool.cloud.call("AdminCreateUser", { Username: "new", TemporaryPassword: PASSWORD, MessageAction: "SUPPRESS" });
  const NEW_PASSWORD = `${PASSWORD}!`;
  const responses = { USERNAME: "new" };

  it("is replaced before the factor is set up", async () => {
    await start("ON");
    await create();
    pool.cloud.events.length = 0;
    const first = await pool.signIn("USER_SRP_AUTH", "new");
    expect(first.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    const second = await pool.respond("NEW_PASSWORD_REQUIRED", first.Session, { ...responses, NEW_PASSWORD });
    expect(second.ChallengeName).toBe("MFA_SETUP");
    const { Session, SecretCode = "" } = await pool.associate(second.Session);
    const verified = await pool.verify(Session, timedCode(SecretCode));
    expect((await pool.respond("MFA_SETUP", verified.Session, responses)).AuthenticationResult).toBeDefined();
    expect(pool.cloud.sources()).toEqual([
      "PreAuthentication_Authentication",
      "PostAuthentication_Authentication",
      "TokenGeneration_NewPasswordChallenge",
    ]);
  });

  it("that an administrator sets again leaves the factor", async () => {
    await start("OPTIONAL");
    const secret = await pool.withApp();
    await pool.cloud.call("AdminSetUserPassword", { Username: "jo", Password: PASSWORD });
    const first = await pool.signIn();
    const second = await pool.respond("NEW_PASSWORD_REQUIRED", first.Session, { NEW_PASSWORD });
    expect(second.ChallengeName).toBe(app);
    expect((await pool.typeCode(second.Session, pool.newCode(secret))).AuthenticationResult).toBeDefined();
  });
});
