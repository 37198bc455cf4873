import { timedCode, wrongCode } from "../authenticator";
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
const wrong = { name: "CodeMismatchException", message: "Invalid code received for user" };
const used = { name: "ExpiredCodeException", message: "Your software token has already been used once." };

describe("a sign-in with a code of the app", () => {
  it("is asked for after the password, and gives tokens that can be refreshed", async () => {
    await start("OPTIONAL");
    const secret = await pool.withApp();
    const before = await pool.sessions();
    const asked = await pool.signIn();
    expect(asked).toMatchObject({ ChallengeName: app, ChallengeParameters: { USER_ID_FOR_SRP: "jo" } });
    expect(asked.AuthenticationResult).toBeUndefined();
    expect(await pool.sessions()).toBe(before);
    const { AuthenticationResult } = await pool.typeCode(asked.Session, pool.newCode(secret));
    expect(AuthenticationResult).toMatchObject({ AccessToken: expect.any(String), RefreshToken: expect.any(String) });
    const REFRESH_TOKEN = AuthenticationResult?.RefreshToken;
    const refresh = { AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN } };
    expect((await pool.cloud.call("InitiateAuth", refresh)).AuthenticationResult).toBeDefined();
  });

  it("names the app as the client did", async () => {
    await start("OPTIONAL");
    const AccessToken = await pool.accessToken();
    const { SecretCode = "" } = await pool.cloud.call("AssociateSoftwareToken", { AccessToken });
    const UserCode = timedCode(SecretCode);
    await pool.cloud.call("VerifySoftwareToken", { AccessToken, UserCode, FriendlyDeviceName: "old phone" });
    await pool.prefer({ SoftwareTokenMfaSettings: { Enabled: true } });
    expect((await pool.signIn()).ChallengeParameters.FRIENDLY_DEVICE_NAME).toBe("old phone");
  });

  it("takes a wrong code for nothing, and then the right one in the same session", async () => {
    await start("OPTIONAL");
    const secret = await pool.withApp();
    const { Session } = await pool.signIn();
    await expect(pool.typeCode(Session, wrongCode(secret))).rejects.toMatchObject(wrong);
    await expect(pool.typeCode(Session, "no")).rejects.toMatchObject(wrong);
    expect((await pool.typeCode(Session, pool.newCode(secret))).AuthenticationResult).toBeDefined();
  });

  it("takes each code once, also the one that set the app up, and none of before the last", async () => {
    await start("OPTIONAL");
    const secret = await pool.withApp();
    const { Session } = await pool.signIn();
    await expect(pool.typeCode(Session, timedCode(secret))).rejects.toMatchObject(used);
    const code = pool.newCode(secret);
    const before = timedCode(secret, Date.now() - 30_000);
    await pool.typeCode(Session, code);
    const again = await pool.signIn();
    await expect(pool.typeCode(again.Session, code)).rejects.toMatchObject(used);
    await expect(pool.typeCode(again.Session, before)).rejects.toMatchObject(used);
    expect((await pool.typeCode(again.Session, pool.newCode(secret))).AuthenticationResult).toBeDefined();
  });

  it("gives tokens once where the same code comes many times at once", async () => {
    await start("OPTIONAL");
    const secret = await pool.withApp();
    const sessions = [await pool.signIn(), await pool.signIn(), await pool.signIn()];
    const code = pool.newCode(secret);
    const all = [...sessions, ...sessions].map(({ Session }) => pool.typeCode(Session, code));
    expect((await Promise.allSettled(all)).filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("lets nobody guess: after five wrong codes none is right for a quarter of an hour, in any session", async () => {
    await start("OPTIONAL");
    const secret = await pool.withApp();
    for (let i = 0; i < 5; i++) {
      const { Session } = await pool.signIn();
      await expect(pool.typeCode(Session, wrongCode(secret))).rejects.toMatchObject(wrong);
    }
    const tooMany = {
      name: "TooManyRequestsException",
      message: "Attempt limit exceeded, please try after some time.",
    };
    const { Session } = await pool.signIn();
    await expect(pool.typeCode(Session, pool.newCode(secret))).rejects.toMatchObject(tooMany);
    pool.wait(15 * 60);
    const later = await pool.signIn();
    expect((await pool.typeCode(later.Session, pool.newCode(secret))).AuthenticationResult).toBeDefined();
  });

  it("does not change when the user was last modified", async () => {
    await start("OPTIONAL");
    const secret = await pool.withApp();
    const modified = async () => (await pool.cloud.call("AdminGetUser", { Username: "jo" })).UserLastModifiedDate;
    const before = await modified();
    await pool.typeCode((await pool.signIn()).Session, pool.newCode(secret));
    expect(await modified()).toEqual(before);
  });

  it("is refused where the user has lost the app, and an administrator has removed it", async () => {
    await start("OPTIONAL");
    const secret = await pool.withApp();
    const { Session } = await pool.signIn();
    await pool.cloud.call("AdminDeleteSoftwareToken", { Username: "jo" });
    await expect(pool.typeCode(Session, pool.newCode(secret))).rejects.toMatchObject({
      name: "SoftwareTokenMFANotFoundException",
    });
    expect((await pool.signIn()).AuthenticationResult).toBeDefined();
    expect(await pool.factors()).toEqual([undefined, undefined]);
  });
});

describe("two factors", () => {
  const mfa = { SmsMfaConfiguration: { SmsAuthenticationMessage: "{####}" } };
  const UserAttributes = [{ Name: "phone_number", Value: "+31600000000" }];

  it("are to be chosen from, where none is preferred", async () => {
    await start("OPTIONAL", {}, { mfa });
    const secret = await pool.withApp({});
    await pool.cloud.call("AdminUpdateUserAttributes", { Username: "jo", UserAttributes });
    await pool.prefer({ SMSMfaSettings: { Enabled: true } });
    const asked = await pool.signIn();
    expect(asked).toMatchObject({
      ChallengeName: "SELECT_MFA_TYPE",
      ChallengeParameters: { MFAS_CAN_CHOOSE: '["SOFTWARE_TOKEN_MFA","SMS_MFA"]' },
    });
    await expect(pool.typeCode(asked.Session, timedCode(secret))).rejects.toMatchObject(invalidSession);
    const choose = (ANSWER: string, Session = asked.Session) => pool.respond("SELECT_MFA_TYPE", Session, { ANSWER });
    await expect(choose("EMAIL_OTP")).rejects.toMatchObject({ name: "InvalidParameterException" });
    const chosen = await choose(app);
    expect(chosen.ChallengeName).toBe(app);
    await expect(choose(app)).rejects.toMatchObject(invalidSession);
    expect((await pool.typeCode(chosen.Session, pool.newCode(secret))).AuthenticationResult).toBeDefined();
    await expect(choose("SMS_MFA", (await pool.signIn()).Session)).rejects.toMatchObject({
      name: "NotImplementedException",
      message: "This local cloud does not serve a second factor by text message.",
    });
  });

  it("are not both preferred", async () => {
    await start("OPTIONAL", {}, { mfa });
    await pool.withApp();
    await pool.cloud.call("AdminUpdateUserAttributes", { Username: "jo", UserAttributes });
    const both = { Enabled: true, PreferredMfa: true };
    await expect(pool.prefer({ SMSMfaSettings: both, SoftwareTokenMfaSettings: both })).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await pool.prefer({ SMSMfaSettings: both });
    expect(await pool.factors()).toEqual([[app, "SMS_MFA"], "SMS_MFA"]);
    await pool.prefer({ SoftwareTokenMfaSettings: both });
    expect(await pool.factors()).toEqual([[app, "SMS_MFA"], app]);
  });
});
