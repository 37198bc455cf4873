import { type FakeCloud, fakeCloud, PASSWORD } from "../fake-cloud";
import { srpClient } from "../srp-client";

let cloud: FakeCloud;
afterEach(() => cloud.close());

const signIn = (USERNAME: string, more: object = {}) =>
  cloud.call("InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD },
    ClientMetadata: { page: "home" },
    ...more,
  });
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

describe("post authentication", () => {
  it("runs before the tokens are made, without the client metadata of InitiateAuth", async () => {
    cloud = await fakeCloud({ PostAuthentication: () => ({}), PreTokenGeneration: () => ({}) });
    await cloud.addUser("jo");
    await signIn("jo");
    expect(cloud.sources()).toEqual(["PostAuthentication_Authentication", "TokenGeneration_Authentication"]);
    expect(cloud.events[0]?.request).toEqual({
      userAttributes: { sub: expect.any(String), "cognito:user_status": "CONFIRMED" },
      newDeviceUsed: false,
    });
  });

  it("gets the client metadata of RespondToAuthChallenge", async () => {
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

  it.each([
    [
      "another temporary password was set",
      (Username: string) => ["AdminSetUserPassword", { Username, Password: PASSWORD }],
    ],
    ["another user has the name", (Username: string) => ["AdminDeleteUser", { Username }]],
  ] as const)("does not run, and no password is replaced, once %s", async (_, change) => {
    cloud = await fakeCloud({ PostAuthentication: () => ({}) });
    const create = () =>
      cloud.call("AdminCreateUser", { Username: "jo", TemporaryPassword: PASSWORD, MessageAction: "SUPPRESS" });
    await create();
    const { Session } = await signIn("jo");
    const [operation, request] = change("jo");
    await cloud.call(operation as string, request as object);
    if (operation === "AdminDeleteUser") await create();
    const ChallengeResponses = { USERNAME: "jo", NEW_PASSWORD: `${PASSWORD}!` };
    const response = { ChallengeName: "NEW_PASSWORD_REQUIRED", Session, ChallengeResponses };
    await expect(cloud.call("RespondToAuthChallenge", response)).rejects.toThrow("Invalid session for the user.");
    expect(cloud.events).toEqual([]);
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
