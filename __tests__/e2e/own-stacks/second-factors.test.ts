import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { wrongCode } from "../../gateway/authenticator";
import { AuthenticatorApp } from "../authenticator-app";
import {
  claimsOf,
  cognito,
  describeCloud,
  endpoint,
  failure,
  type Ids,
  noted,
  noteTokens,
  PASSWORD,
  signUpTo,
  triggersDuring,
  uniqueName,
} from "../cloud";
import { createdUser } from "../people";
import { used } from "../used-values";
import { SETTINGS_STACK } from "./settings-stack";

/** What a sign-in has come to. */
type SignIn = "tokens" | "code" | "setup" | "choice";

/** A client that gets as far as it can without help, and says what it is asked for. */
interface Client {
  signIn(password?: string): Promise<SignIn>;
  /** Of the factors to choose from, takes the app. */
  chooseApp(): Promise<SignIn>;
  typeCode(code: string): Promise<SignIn>;
  /** Gets a secret: signed in, or where a sign-in asks for it. */
  newSecret(): Promise<string>;
  /** Types the first code of an app, and turns the app on. */
  verifyApp(code: string): Promise<void>;
  turnOff(): Promise<void>;
  /** The access token, once there is one. */
  accessToken(): string;
}

/** The AWS SDK. It sends the password. */
function sdkClient({ clientId: ClientId }: Ids, USERNAME: string): Client {
  let last: Partial<InitiateAuthCommandOutput> = {};
  const keep = (answer: InitiateAuthCommandOutput): SignIn => {
    last = noted(answer);
    if (last.AuthenticationResult) return "tokens";
    if (last.ChallengeName === "SELECT_MFA_TYPE") return "choice";
    return last.ChallengeName === "MFA_SETUP" ? "setup" : "code";
  };
  const AccessToken = () => last.AuthenticationResult?.AccessToken;
  const respond = async (
    ChallengeName: "MFA_SETUP" | "SELECT_MFA_TYPE" | "SOFTWARE_TOKEN_MFA",
    responses: Record<string, string> = {},
  ) => {
    const ChallengeResponses = { USERNAME, ...responses };
    const { Session } = last;
    return keep(
      await cognito.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses })),
    );
  };
  const prefer = async (on: boolean) => {
    const SoftwareTokenMfaSettings = { Enabled: on, PreferredMfa: on };
    await cognito.send(new SetUserMFAPreferenceCommand({ AccessToken: AccessToken(), SoftwareTokenMfaSettings }));
  };
  const who = () => (last.AuthenticationResult ? { AccessToken: AccessToken() } : { Session: last.Session });
  return {
    async signIn(password = PASSWORD) {
      const AuthParameters = { USERNAME, PASSWORD: password };
      return keep(
        await cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters })),
      );
    },
    chooseApp: () => respond("SELECT_MFA_TYPE", { ANSWER: "SOFTWARE_TOKEN_MFA" }),
    typeCode: (SOFTWARE_TOKEN_MFA_CODE) => respond("SOFTWARE_TOKEN_MFA", { SOFTWARE_TOKEN_MFA_CODE }),
    async newSecret() {
      const { SecretCode = "", Session } = await cognito.send(new AssociateSoftwareTokenCommand(who()));
      if (Session) last = { ...last, Session: used(Session) };
      return SecretCode;
    },
    async verifyApp(UserCode) {
      const { Session } = await cognito.send(new VerifySoftwareTokenCommand({ ...who(), UserCode }));
      if (!Session) return prefer(true);
      last = { ...last, Session: used(Session) };
      await respond("MFA_SETUP");
    },
    turnOff: () => prefer(false),
    accessToken: () => AccessToken() ?? "",
  };
}

/** Amazon's own library for browsers. It proves the password with SRP. */
function libraryClient({ userPoolId: UserPoolId, clientId: ClientId }: Ids, Username: string): Client {
  const user = new CognitoUser({ Username, Pool: new CognitoUserPool({ UserPoolId, ClientId, endpoint }) });
  let session: CognitoUserSession | undefined;
  const keep = (got: CognitoUserSession) => {
    session = got;
    noteTokens(got.getIdToken().getJwtToken(), got.getAccessToken().getJwtToken());
    used(got.getRefreshToken().getToken());
    return "tokens" as const;
  };
  const prefer = (on: boolean) =>
    new Promise<void>((resolve, reject) => {
      user.setUserMfaPreference(null, { Enabled: on, PreferredMfa: on }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  return {
    signIn: (Password = PASSWORD) =>
      new Promise((resolve, onFailure) => {
        user.authenticateUser(new AuthenticationDetails({ Username, Password }), {
          onSuccess: (got) => resolve(keep(got)),
          onFailure,
          totpRequired: () => resolve("code"),
          mfaSetup: () => resolve("setup"),
          selectMFAType: () => resolve("choice"),
        });
      }),
    chooseApp: () =>
      new Promise((resolve, onFailure) => {
        const totpRequired = () => resolve("code");
        user.sendMFASelectionAnswer("SOFTWARE_TOKEN_MFA", { onSuccess: () => {}, onFailure, totpRequired });
      }),
    typeCode: (code) =>
      new Promise((resolve, onFailure) => {
        user.sendMFACode(code, { onSuccess: (got) => resolve(keep(got)), onFailure }, "SOFTWARE_TOKEN_MFA");
      }),
    newSecret: () =>
      new Promise((associateSecretCode, onFailure) => {
        user.associateSoftwareToken({ associateSecretCode, onFailure });
      }),
    async verifyApp(code) {
      const wasSignedIn = session !== undefined;
      await new Promise((onSuccess, onFailure) => {
        user.verifySoftwareToken(code, "phone", { onSuccess, onFailure });
      });
      const got = user.getSignInUserSession();
      if (wasSignedIn || !got) return prefer(true);
      keep(got);
    },
    turnOff: () => prefer(false),
    accessToken: () => session?.getAccessToken().getJwtToken() ?? "",
  };
}

/** A pool that also offers codes by text message. No setting of the project's pools does, so no stack has one. */
async function poolWithTextMessages(): Promise<Ids> {
  const Policies = { PasswordPolicy: { MinimumLength: 12 } };
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: uniqueName(), Policies }));
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "chooses",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
    }),
  );
  await cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: { SmsAuthenticationMessage: "{####}" },
    }),
  );
  return { userPoolId: UserPoolId, clientId: UserPoolClient?.ClientId ?? "" };
}

describeCloud("a second factor", () => {
  let pools: Awaited<ReturnType<typeof SETTINGS_STACK.ready>>["pools"];
  const idsOf = (pool: "optional" | "required"): Ids => pools[pool];

  beforeAll(async () => {
    ({ pools } = await SETTINGS_STACK.ready());
  }, 300_000);

  const newPerson = async (pool: "optional" | "required") => {
    const name = uniqueName();
    await signUpTo(idsOf(pool), name);
    return name;
  };

  it("is what Terraform has set", async () => {
    const of = async ({ userPoolId: UserPoolId }: Ids) => {
      const { MfaConfiguration, SoftwareTokenMfaConfiguration } = await cognito.send(
        new GetUserPoolMfaConfigCommand({ UserPoolId }),
      );
      return [MfaConfiguration, SoftwareTokenMfaConfiguration];
    };
    expect(await of(idsOf("optional"))).toEqual(["OPTIONAL", { Enabled: true }]);
    expect(await of(idsOf("required"))).toEqual(["ON", { Enabled: true }]);
  });

  describe.each([
    ["the AWS SDK", sdkClient],
    ["amazon-cognito-identity-js", libraryClient],
  ])("with %s", (_, clientFor) => {
    it("is set up by somebody who is signed in, asked for, and turned off", async () => {
      const ids = idsOf("optional");
      const name = await newPerson("optional");
      const client = clientFor(ids, name);
      expect(await client.signIn()).toBe("tokens");
      const app = new AuthenticatorApp(await client.newSecret());
      await client.verifyApp(await app.code());
      const user = await cognito.send(new AdminGetUserCommand({ UserPoolId: ids.userPoolId, Username: name }));
      expect([user.UserMFASettingList, user.PreferredMfaSetting]).toEqual([
        ["SOFTWARE_TOKEN_MFA"],
        "SOFTWARE_TOKEN_MFA",
      ]);

      const again = clientFor(ids, name);
      const password = await triggersDuring("optional", async () => expect(await again.signIn()).toBe("code"));
      expect(password).toEqual([]);
      expect(await failure(again.typeCode(wrongCode(app.secret)))).toEqual({
        name: "CodeMismatchException",
        message: "Invalid code received for user",
      });
      const code = await app.code();
      const factor = await triggersDuring("optional", () => again.typeCode(code));
      expect(factor.map(([source]) => source)).toEqual(["PostAuthentication_Authentication"]);
      expect(await claimsOf(ids, "access", again.accessToken())).toMatchObject({ username: name });

      const thief = clientFor(ids, name);
      expect(await thief.signIn()).toBe("code");
      expect(await failure(thief.typeCode(code))).toMatchObject({ name: "ExpiredCodeException" });
      expect(thief.accessToken()).toBe("");

      await again.turnOff();
      expect(await clientFor(ids, name).signIn()).toBe("tokens");
    });

    it("is set up at the first sign-in where the pool requires it", async () => {
      const ids = idsOf("required");
      const name = await newPerson("required");
      const client = clientFor(ids, name);
      expect(await client.signIn()).toBe("setup");
      const app = new AuthenticatorApp(await client.newSecret());
      expect(await failure(client.verifyApp(wrongCode(app.secret)))).toEqual({
        name: "EnableSoftwareTokenMFAException",
        message: "Code mismatch",
      });
      await client.verifyApp(await app.code());
      expect(await claimsOf(ids, "access", client.accessToken())).toMatchObject({ username: name });
      const again = clientFor(ids, name);
      expect(await again.signIn()).toBe("code");
      expect(await again.typeCode(await app.code())).toBe("tokens");
      expect(await failure(clientFor(ids, name).signIn(`${PASSWORD}!`))).toMatchObject({
        name: "NotAuthorizedException",
      });
    });

    it("is chosen by somebody who also has text messages", async () => {
      const ids = await poolWithTextMessages();
      try {
        const name = uniqueName();
        await createdUser(ids, name, { phone_number: "+31600000000" });
        const client = clientFor(ids, name);
        expect(await client.signIn()).toBe("tokens");
        const app = new AuthenticatorApp(await client.newSecret());
        await client.verifyApp(await app.code());
        const notPreferred = { Enabled: true, PreferredMfa: false };
        await cognito.send(
          new AdminSetUserMFAPreferenceCommand({
            UserPoolId: ids.userPoolId,
            Username: name,
            SMSMfaSettings: notPreferred,
            SoftwareTokenMfaSettings: notPreferred,
          }),
        );
        const again = clientFor(ids, name);
        expect(await again.signIn()).toBe("choice");
        expect(await failure(again.typeCode("123456"))).toMatchObject({ name: "NotAuthorizedException" });
        expect(await again.chooseApp()).toBe("code");
        expect(await again.typeCode(await app.code())).toBe("tokens");
        expect(await claimsOf(ids, "access", again.accessToken())).toMatchObject({ username: name });
      } finally {
        await cognito.send(new DeleteUserPoolCommand({ UserPoolId: ids.userPoolId }));
      }
    });
  });
});
