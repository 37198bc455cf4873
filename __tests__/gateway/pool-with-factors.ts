import { timedCode } from "./authenticator";
import { type FakeCloud, fakeCloud, PASSWORD } from "./fake-cloud";
import { srpClient } from "./srp-client";

type Functions = Parameters<typeof fakeCloud>[0];
type Settings = NonNullable<Parameters<typeof fakeCloud>[1]>;

/** The ways to prove a password. */
export const FLOWS = [
  "USER_PASSWORD_AUTH",
  "USER_SRP_AUTH",
  "ADMIN_USER_PASSWORD_AUTH",
  "ADMIN_NO_SRP_AUTH",
  "USER_SRP_AUTH by an administrator",
] as const;
export type Flow = (typeof FLOWS)[number];

/** How the operations begin that a program of this flow calls. */
const callerOf = (flow: string) => (/^ADMIN|administrator/.test(flow) ? "Admin" : "");

const nothing = () => ({});

/** The clock of the test, for all its pools. */
let now = Date.now();

/** A pool whose people can have a second factor, with a trigger for each step. The clock stands still. */
export async function poolWithFactors(
  MfaConfiguration: "ON" | "OPTIONAL" | "OFF",
  functions: Functions = {},
  { mfa, ...settings }: Settings = {},
) {
  jest.spyOn(Date, "now").mockImplementation(() => now);
  const cloud = await fakeCloud(
    { PreAuthentication: nothing, PostAuthentication: nothing, PreTokenGeneration: nothing, ...functions },
    { pool: { MfaConfiguration }, mfa: { SoftwareTokenMfaConfiguration: { Enabled: true }, ...mfa }, ...settings },
  );
  await cloud.addUser("jo");
  return new PoolWithFactors(cloud);
}

export class PoolWithFactors {
  constructor(readonly cloud: FakeCloud) {}

  /** Lets time pass. */
  wait(seconds: number): void {
    now += seconds * 1000;
  }

  /** A code of the app that was not used yet. */
  newCode(secret: string): string {
    this.wait(30);
    return timedCode(secret);
  }

  /** Proves the password. */
  async signIn(flow: Flow = "USER_PASSWORD_AUTH", USERNAME = "jo", password = PASSWORD) {
    const admin = callerOf(flow);
    const [AuthFlow] = flow.split(" ");
    const ClientMetadata = { from: "the start" };
    const begin = (AuthParameters: object) =>
      this.cloud.call(`${admin}InitiateAuth`, {
        AuthFlow,
        AuthParameters: { USERNAME, ...AuthParameters },
        ClientMetadata,
      });
    if (!AuthFlow?.includes("USER_SRP")) return begin({ PASSWORD: password });
    const srp = await srpClient(password);
    return this.provePassword(srp, await begin({ SRP_A: srp.SRP_A }), admin);
  }

  /** Begins a custom authentication whose first step is the password. */
  async beginCustom(USERNAME: string) {
    const srp = await srpClient(PASSWORD);
    const AuthParameters = { USERNAME, SRP_A: srp.SRP_A, CHALLENGE_NAME: "SRP_A" };
    const asked = await this.cloud.call("InitiateAuth", { AuthFlow: "CUSTOM_AUTH", AuthParameters });
    return { asked, provePassword: () => this.provePassword(srp, asked) };
  }

  private async provePassword(
    srp: Awaited<ReturnType<typeof srpClient>>,
    { ChallengeParameters }: { readonly ChallengeParameters: Record<string, string> },
    admin = "",
  ) {
    return this.cloud.call(`${admin}RespondToAuthChallenge`, {
      ChallengeName: "PASSWORD_VERIFIER",
      ChallengeResponses: await srp.answer(ChallengeParameters),
    });
  }

  respond(ChallengeName: string, Session: string | undefined, responses: object = {}, more: object = {}, flow = "") {
    const ChallengeResponses = { USERNAME: "jo", ...responses };
    const metadata = { ClientMetadata: { from: "the end" } };
    return this.cloud.call(`${callerOf(flow)}RespondToAuthChallenge`, {
      ChallengeName,
      Session,
      ChallengeResponses,
      ...metadata,
      ...more,
    });
  }

  typeCode(Session: string | undefined, SOFTWARE_TOKEN_MFA_CODE: string, more: object = {}) {
    return this.respond("SOFTWARE_TOKEN_MFA", Session, { SOFTWARE_TOKEN_MFA_CODE }, more);
  }

  associate(Session: string | undefined) {
    return this.cloud.call("AssociateSoftwareToken", { Session });
  }

  verify(Session: string | undefined, UserCode: string) {
    return this.cloud.call("VerifySoftwareToken", { Session, UserCode });
  }

  /** The access token of somebody who signs in without a factor. */
  async accessToken(username = "jo"): Promise<string> {
    return (await this.signIn("USER_PASSWORD_AUTH", username)).AuthenticationResult?.AccessToken ?? "";
  }

  /** Sets up and turns on an app for somebody who needs none yet, and forgets the triggers of that. */
  async withApp(more: object = { PreferredMfa: true }, Username = "jo"): Promise<string> {
    const AccessToken = await this.accessToken(Username);
    const { SecretCode = "" } = await this.cloud.call("AssociateSoftwareToken", { AccessToken });
    await this.cloud.call("VerifySoftwareToken", { AccessToken, UserCode: timedCode(SecretCode) });
    await this.prefer({ SoftwareTokenMfaSettings: { Enabled: true, ...more }, Username });
    this.cloud.events.length = 0;
    return SecretCode;
  }

  prefer(settings: object) {
    return this.cloud.call("AdminSetUserMFAPreference", { Username: "jo", ...settings });
  }

  /** The factors, as an administrator sees them. */
  async factors() {
    const { UserMFASettingList, PreferredMfaSetting } = await this.cloud.call("AdminGetUser", { Username: "jo" });
    return [UserMFASettingList, PreferredMfaSetting];
  }

  /** How many sign-ins have got tokens. */
  async sessions(): Promise<number> {
    let count = 0;
    for await (const _ of this.cloud.store.range("session")) count++;
    return count;
  }
}
