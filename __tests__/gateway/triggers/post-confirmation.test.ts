import { type FakeCloud, fakeCloud, PASSWORD } from "../fake-cloud";

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
