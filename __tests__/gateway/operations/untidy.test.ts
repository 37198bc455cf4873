import { type FakeCloud, fakeCloud, PASSWORD } from "../fake-cloud";

let cloud: FakeCloud;
afterEach(() => cloud.close());

const signIn = (USERNAME: string) =>
  cloud.call("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME, PASSWORD } });

it("hands on what an administrator wrote about an address, and takes it for verified", async () => {
  cloud = await fakeCloud({ PreAuthentication: () => undefined }, { pool: { AliasAttributes: ["email"] } });
  await cloud.addUser("jo", { email: "jo@example.org", email_verified: "True" });
  const { AuthenticationResult } = await signIn("jo@example.org");
  expect(cloud.events[0]?.request.userAttributes).toMatchObject({ email_verified: "True" });
  const { UserAttributes } = await cloud.call("GetUser", { AccessToken: AuthenticationResult?.AccessToken });
  expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "True" });
  await cloud.call("ForgotPassword", { Username: "jo" });
  expect(cloud.code()).toMatch(/^\d{6}$/);
});

it("keeps names, values and metadata as they are, blanks and capitals included", async () => {
  cloud = await fakeCloud({ PreSignUp: () => ({ autoConfirmUser: true }) });
  const UserAttributes = [{ Name: "name", Value: " Jo  Doe " }];
  await cloud.call("SignUp", { Username: "Jo", Password: PASSWORD, UserAttributes, ClientMetadata: { " A ": "" } });
  expect(cloud.events[0]).toMatchObject({
    userName: "Jo",
    request: { userAttributes: { name: " Jo  Doe " }, clientMetadata: { " A ": "" } },
  });
  expect((await cloud.call("AdminGetUser", { Username: "Jo" })).UserAttributes).toContainEqual(UserAttributes[0]);
});

it("asks a user with a temporary password for a new one after a custom challenge, too", async () => {
  cloud = await fakeCloud({
    DefineAuthChallenge: ({ request }) =>
      (request.session as unknown[]).length ? { issueTokens: true } : { challengeName: "CUSTOM_CHALLENGE" },
    CreateAuthChallenge: () => ({ publicChallengeParameters: {}, privateChallengeParameters: {} }),
    VerifyAuthChallengeResponse: () => ({ answerCorrect: true }),
  });
  await cloud.call("AdminCreateUser", { Username: "jo", MessageAction: "SUPPRESS" });
  const { Session } = await cloud.call("InitiateAuth", { AuthFlow: "CUSTOM_AUTH", AuthParameters: { USERNAME: "jo" } });
  const answer = await cloud.call("RespondToAuthChallenge", {
    ChallengeName: "CUSTOM_CHALLENGE",
    ChallengeResponses: { USERNAME: "jo", ANSWER: "1" },
    Session,
  });
  expect(answer.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  expect(answer.AuthenticationResult).toBeUndefined();
});
