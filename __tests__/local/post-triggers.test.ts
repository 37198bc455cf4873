import { type FakeCloud, fakeCloud, PASSWORD } from "./fake-cloud";
import { srpClient } from "./srp-client";

let cloud: FakeCloud;
afterEach(() => cloud.close());

const pool = { AutoVerifiedAttributes: ["email" as const] };
const email = (name: string) => [{ Name: "email", Value: `${name}@example.org` }];
const signUp = (Username: string, more: object = {}) =>
  cloud.call("SignUp", { Username, Password: PASSWORD, UserAttributes: email(Username), ...more });
const signIn = (USERNAME: string, more: object = {}) =>
  cloud.call("InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD },
    ClientMetadata: { page: "home" },
    ...more,
  });
const statusOf = async (Username: string) => (await cloud.call("AdminGetUser", { Username })).UserStatus;
const no = () => {
  throw new Error("no");
};
const denied = (trigger: string) => ({
  name: "UserLambdaValidationException",
  message: `${trigger} failed with error no.`,
});
const sessions = async () => {
  let count = 0;
  for await (const _ of cloud.store.range("session")) count++;
  return count;
};

describe("post confirmation", () => {
  const ClientMetadata = { page: "home" };

  it("runs once a code has confirmed the user, who is confirmed in its event", async () => {
    cloud = await fakeCloud({ PostConfirmation: () => ({}) }, { pool });
    await signUp("jo");
    expect(cloud.events).toEqual([]);
    await cloud.call("ConfirmSignUp", { Username: "jo", ConfirmationCode: cloud.code(), ClientMetadata });
    expect(cloud.events).toMatchObject([
      {
        triggerSource: "PostConfirmation_ConfirmSignUp",
        userName: "jo",
        callerContext: { clientId: "client" },
        request: {
          userAttributes: {
            sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
            email: "jo@example.org",
            email_verified: "true",
            "cognito:user_status": "CONFIRMED",
          },
          clientMetadata: ClientMetadata,
        },
      },
    ]);
  });

  it("runs for an administrator's confirmation, which names no client", async () => {
    cloud = await fakeCloud({ PostConfirmation: () => ({}) }, { pool });
    await signUp("jo");
    await cloud.call("AdminConfirmSignUp", { Username: "jo", ClientMetadata, ClientId: undefined });
    expect(cloud.events).toMatchObject([
      { callerContext: { clientId: "CLIENT_ID_NOT_APPLICABLE" }, request: { clientMetadata: ClientMetadata } },
    ]);
  });

  it("runs at a sign-up that is confirmed at once, and may change the user", async () => {
    cloud = await fakeCloud({
      PreSignUp: () => ({ autoConfirmUser: true }),
      PostConfirmation: async ({ userName: Username }) => {
        await cloud.call("AdminUpdateUserAttributes", { Username, UserAttributes: [{ Name: "name", Value: "Jo" }] });
        await cloud.call("AdminCreateUser", { Username: `${Username}2`, MessageAction: "SUPPRESS" });
        return {};
      },
    });
    expect(await signUp("jo")).toMatchObject({ UserConfirmed: true });
    const { UserAttributes } = await cloud.call("AdminGetUser", { Username: "jo" });
    expect(UserAttributes).toContainEqual({ Name: "name", Value: "Jo" });
  });

  it("that throws is an error, and the user stays confirmed", async () => {
    cloud = await fakeCloud({ PostConfirmation: no }, { pool });
    await signUp("jo");
    const confirm = () => cloud.call("ConfirmSignUp", { Username: "jo", ConfirmationCode: cloud.code() });
    await expect(confirm()).rejects.toMatchObject(denied("PostConfirmation"));
    expect(await statusOf("jo")).toBe("CONFIRMED");
    await expect(confirm()).rejects.toThrow("User cannot be confirmed. Current status is CONFIRMED");
  });

  it("runs after a forgotten password was replaced, and cannot bring it back", async () => {
    cloud = await fakeCloud({ PostConfirmation: no }, { pool });
    await cloud.addUser("jo", { email: "jo@example.org", email_verified: "true" });
    await cloud.call("ForgotPassword", { Username: "jo" });
    const fresh = { Username: "jo", ConfirmationCode: cloud.code(), Password: `${PASSWORD}!`, ClientMetadata };
    await expect(cloud.call("ConfirmForgotPassword", fresh)).rejects.toMatchObject(denied("PostConfirmation"));
    expect(cloud.events).toMatchObject([
      { triggerSource: "PostConfirmation_ConfirmForgotPassword", request: { clientMetadata: ClientMetadata } },
    ]);
    await signIn("jo", { AuthParameters: { USERNAME: "jo", PASSWORD: `${PASSWORD}!` } });
  });

  it("never runs for a user whom an administrator made", async () => {
    cloud = await fakeCloud({ PostConfirmation: no });
    await cloud.call("AdminCreateUser", { Username: "jo", TemporaryPassword: PASSWORD, MessageAction: "SUPPRESS" });
    const { Session } = await signIn("jo");
    const ChallengeResponses = { USERNAME: "jo", NEW_PASSWORD: `${PASSWORD}!` };
    await cloud.call("RespondToAuthChallenge", { ChallengeName: "NEW_PASSWORD_REQUIRED", Session, ChallengeResponses });
    expect(cloud.events).toEqual([]);
  });
});

describe("post authentication", () => {
  it("runs before the tokens are made, without what InitiateAuth was told", async () => {
    cloud = await fakeCloud({ PostAuthentication: () => ({}), PreTokenGeneration: () => ({}) });
    await cloud.addUser("jo");
    await signIn("jo");
    expect(cloud.sources()).toEqual(["PostAuthentication_Authentication", "TokenGeneration_Authentication"]);
    expect(cloud.events[0]?.request).toEqual({
      userAttributes: { sub: expect.any(String), "cognito:user_status": "CONFIRMED" },
      newDeviceUsed: false,
    });
  });

  it("gets what RespondToAuthChallenge was told", async () => {
    cloud = await fakeCloud({ PostAuthentication: () => ({}) });
    await cloud.addUser("jo");
    const { SRP_A, answer } = await srpClient(PASSWORD);
    const AuthParameters = { USERNAME: "jo", SRP_A };
    const { ChallengeParameters } = await signIn("jo", { AuthFlow: "USER_SRP_AUTH", AuthParameters });
    expect(cloud.events).toEqual([]);
    await cloud.call("RespondToAuthChallenge", {
      ChallengeName: "PASSWORD_VERIFIER",
      ChallengeResponses: await answer(ChallengeParameters),
      ClientMetadata: { device: "phone" },
    });
    expect(cloud.events).toMatchObject([{ request: { clientMetadata: { device: "phone" } } }]);
  });

  it("runs when a temporary password was replaced, and not while it is asked for", async () => {
    cloud = await fakeCloud({ PostAuthentication: () => ({}), PreTokenGeneration: () => ({}) });
    await cloud.call("AdminCreateUser", { Username: "jo", TemporaryPassword: PASSWORD, MessageAction: "SUPPRESS" });
    const { Session } = await signIn("jo");
    expect(cloud.sources()).toEqual([]);
    const ChallengeResponses = { USERNAME: "jo", NEW_PASSWORD: `${PASSWORD}!` };
    await cloud.call("RespondToAuthChallenge", { ChallengeName: "NEW_PASSWORD_REQUIRED", Session, ChallengeResponses });
    expect(cloud.sources()).toEqual(["PostAuthentication_Authentication", "TokenGeneration_NewPasswordChallenge"]);
  });

  it("that throws leaves no session behind", async () => {
    cloud = await fakeCloud({ PostAuthentication: no });
    await cloud.addUser("jo");
    await expect(signIn("jo")).rejects.toMatchObject(denied("PostAuthentication"));
    expect(await sessions()).toBe(0);
  });

  it("does not run for a wrong password, nor for a refresh", async () => {
    let open = true;
    cloud = await fakeCloud({ PostAuthentication: () => (open ? {} : no()) });
    await cloud.addUser("jo");
    const { AuthenticationResult } = await signIn("jo");
    expect(await sessions()).toBe(1);
    open = false;
    const AuthParameters = { USERNAME: "jo", PASSWORD: "wrong" };
    await expect(signIn("jo", { AuthParameters })).rejects.toThrow("Incorrect username or password.");
    const REFRESH_TOKEN = AuthenticationResult?.RefreshToken;
    await cloud.call("InitiateAuth", { AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN } });
    expect(cloud.events).toHaveLength(1);
  });
});
