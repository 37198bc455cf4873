import { timedCode, wrongCode } from "../authenticator";
import { type PoolWithFactors, poolWithFactors } from "../pool-with-factors";

let pool: PoolWithFactors;
let AccessToken: string;
const start = async (...settings: Parameters<typeof poolWithFactors>) => {
  pool = await poolWithFactors(...settings);
  AccessToken = settings[0] === "ON" ? "" : await pool.accessToken();
};
afterEach(async () => {
  jest.restoreAllMocks();
  await pool.cloud.close();
});

const app = "SOFTWARE_TOKEN_MFA";
const associate = (more: object = { AccessToken }) => pool.cloud.call("AssociateSoftwareToken", more);
const verify = (UserCode: string, more: object = { AccessToken }) =>
  pool.cloud.call("VerifySoftwareToken", { UserCode, ...more });
const set = (settings: object) => pool.cloud.call("SetUserMFAPreference", { AccessToken, ...settings });
const on = { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };

describe("an app that a signed-in user sets up", () => {
  it("counts once a code has come from it, and asks for a code once it is turned on", async () => {
    await start("OPTIONAL");
    const { SecretCode = "", Session } = await associate();
    expect([SecretCode, Session]).toEqual([expect.stringMatching(/^[A-Z2-7]{52}$/), undefined]);
    const notSetUp = `User does not have delivery config set to turn on ${app}`;
    await expect(set(on)).rejects.toMatchObject({ name: "InvalidParameterException", message: notSetUp });
    expect(await verify(timedCode(SecretCode))).toEqual({ Status: "SUCCESS" });
    expect(await pool.factors()).toEqual([undefined, undefined]);
    expect((await pool.signIn()).AuthenticationResult).toBeDefined();
    await set(on);
    expect(await pool.cloud.call("GetUser", { AccessToken })).toMatchObject({
      UserMFASettingList: [app],
      PreferredMfaSetting: app,
    });
    expect((await pool.signIn()).ChallengeName).toBe(app);
  });

  it("replaces the one before, and only then", async () => {
    await start("OPTIONAL");
    const old = await pool.withApp();
    const { SecretCode = "" } = await associate();
    await expect(verify(pool.newCode(old))).rejects.toMatchObject({ name: "EnableSoftwareTokenMFAException" });
    expect((await pool.typeCode((await pool.signIn()).Session, pool.newCode(old))).AuthenticationResult).toBeDefined();
    await verify(pool.newCode(SecretCode));
    const { Session } = await pool.signIn();
    await expect(pool.typeCode(Session, pool.newCode(old))).rejects.toMatchObject({ name: "CodeMismatchException" });
    expect((await pool.typeCode(Session, pool.newCode(SecretCode))).AuthenticationResult).toBeDefined();
  });

  it("has its newest secret alone, and each secret once", async () => {
    await start("OPTIONAL");
    const first = await associate();
    const second = await associate();
    await expect(verify(timedCode(first.SecretCode ?? ""))).rejects.toMatchObject({ message: "Code mismatch" });
    await verify(timedCode(second.SecretCode ?? ""));
    await expect(verify(pool.newCode(second.SecretCode ?? ""))).rejects.toMatchObject({
      name: "SoftwareTokenMFANotFoundException",
    });
  });

  it("is never shown again, nor stored for anybody but its user", async () => {
    await start("OPTIONAL");
    const secret = await pool.withApp();
    const answers = [
      await pool.cloud.call("GetUser", { AccessToken }),
      await pool.cloud.call("AdminGetUser", { Username: "jo" }),
      await pool.cloud.call("ListUsers"),
      await pool.signIn(),
    ];
    expect(JSON.stringify([answers, pool.cloud.events])).not.toContain(secret);
  });

  it("counts wrong codes", async () => {
    await start("OPTIONAL");
    const { SecretCode = "" } = await associate();
    for (let i = 0; i < 5; i++) await expect(verify(wrongCode(SecretCode))).rejects.toThrow("Code mismatch");
    await expect(verify(timedCode(SecretCode))).rejects.toMatchObject({ name: "TooManyRequestsException" });
  });

  it.each([
    ["12345", "have length equal to 6"],
    ["1234567", "have length equal to 6"],
    ["12a456", "satisfy regular expression pattern: [0-9]+"],
  ])("takes no %p", async (code, rule) => {
    await start("OPTIONAL");
    await expect(verify(code)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining(`Value at 'userCode' failed to satisfy constraint: Member must ${rule}`),
    });
  });

  it("is refused where the pool does not offer it", async () => {
    await start("OFF", {}, { mfa: { SoftwareTokenMfaConfiguration: undefined } });
    await expect(associate()).rejects.toMatchObject({
      name: "SoftwareTokenMFANotFoundException",
      message: "Software Token MFA has not been enabled by the userPool.",
    });
  });

  it("asks for nothing where the pool has its factors off", async () => {
    await start("OFF");
    await pool.withApp();
    expect((await pool.signIn()).AuthenticationResult).toBeDefined();
  });

  it("needs either an access token or a session", async () => {
    await start("OPTIONAL");
    const needs = { name: "InvalidParameterException", message: expect.stringContaining("AccessToken or Session") };
    await expect(associate({})).rejects.toMatchObject(needs);
    await expect(associate({ AccessToken, Session: "x" })).rejects.toMatchObject(needs);
    await expect(verify("123456", {})).rejects.toMatchObject(needs);
    await expect(associate({ AccessToken: "x" })).rejects.toThrow("Invalid Access Token");
    await expect(associate({ Session: "x" })).rejects.toThrow("Invalid session for the user.");
    await pool.cloud.call("GlobalSignOut", { AccessToken });
    await expect(associate()).rejects.toThrow("Access Token has been revoked");
  });
});

describe("a factor that is turned off", () => {
  it.each(["the user", "an administrator"])("by %s is not asked for, and can be turned on again", async (who) => {
    await start("OPTIONAL");
    const secret = await pool.withApp();
    const change = who === "the user" ? set : (settings: object) => pool.prefer(settings);
    await change({ SoftwareTokenMfaSettings: { Enabled: false } });
    expect(await pool.factors()).toEqual([undefined, undefined]);
    expect((await pool.signIn()).AuthenticationResult).toBeDefined();
    await change({ SoftwareTokenMfaSettings: { Enabled: true } });
    expect(await pool.factors()).toEqual([[app], undefined]);
    const { Session } = await pool.signIn();
    expect((await pool.typeCode(Session, pool.newCode(secret))).AuthenticationResult).toBeDefined();
  });

  it("was perhaps never on: Amplify turns all of them off at once", async () => {
    await start("OPTIONAL");
    const off = { Enabled: false, PreferredMfa: false };
    await set({ SMSMfaSettings: off, SoftwareTokenMfaSettings: off, EmailMfaSettings: off });
    expect(await pool.factors()).toEqual([undefined, undefined]);
  });

  it("is not preferred", async () => {
    await start("OPTIONAL");
    await pool.withApp();
    await set({ SoftwareTokenMfaSettings: { PreferredMfa: false } });
    expect(await pool.factors()).toEqual([[app], undefined]);
    await expect(set({ SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: true } })).rejects.toThrow(
      "SOFTWARE_TOKEN_MFA cannot be preferred, because it is not turned on.",
    );
  });
});

it.each([
  ["SMS_MFA", { SMSMfaSettings: { Enabled: true } }, "InvalidParameterException"],
  ["mail", { EmailMfaSettings: { Enabled: true } }, "NotImplementedException"],
  ["passkeys", { WebAuthnMfaSettings: { Enabled: true } }, "NotImplementedException"],
])("turns no factor on that the pool does not have: %s", async (what, settings, name) => {
  await start("OPTIONAL");
  await expect(set(settings)).rejects.toMatchObject({ name, message: expect.stringContaining(what) });
});
