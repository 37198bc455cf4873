import type { UserPoolClientType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { type FakeCloud, fakeCloud, type TriggerEvent } from "../fake-cloud";

let cloud: FakeCloud;
afterEach(() => cloud.close());

const hiding: UserPoolClientType = { PreventUserExistenceErrors: "ENABLED" };
const typed = { USERNAME: "jo", PASSWORD: "old" };
const signIn = (AuthParameters: object = typed, AuthFlow = "USER_PASSWORD_AUTH") =>
  cloud.call("InitiateAuth", { AuthFlow, AuthParameters, ClientMetadata: { page: "home" } });
const userCalled = (Username: string) => cloud.call("AdminGetUser", { Username });
const attributes = async (name: string) =>
  Object.fromEntries((await userCalled(name)).UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? []);

const jo = { userAttributes: { email: "jo@example.org", email_verified: "true" }, finalUserStatus: "CONFIRMED" };
const migrating = async (
  answer: object | ((event: TriggerEvent) => object | Promise<object>),
  pool: UserPoolType = {},
  client: UserPoolClientType = {},
) => {
  cloud = await fakeCloud(
    {
      UserMigration: async (event) => (answer instanceof Function ? answer(event) : answer),
      PreAuthentication: () => ({}),
    },
    { pool, client },
  );
};

describe("a sign-in with a name that no user has", () => {
  it("migrates the user with the password typed, whatever the policy, and only once", async () => {
    await migrating(jo);
    expect((await signIn()).AuthenticationResult).toBeDefined();
    expect((await signIn()).AuthenticationResult).toBeDefined();
    expect(cloud.sources()).toEqual([
      "UserMigration_Authentication",
      "PreAuthentication_Authentication",
      "PreAuthentication_Authentication",
    ]);
    expect(cloud.events[0]).toMatchObject({
      userName: "jo",
      request: { password: "old", validationData: { page: "home" } },
    });
    expect(cloud.events[0]?.request).not.toHaveProperty("clientMetadata");
    expect(cloud.events[1]?.request.userAttributes).toMatchObject({ email: "jo@example.org" });
    expect(await attributes("jo")).toEqual({
      sub: expect.any(String),
      email: "jo@example.org",
      email_verified: "true",
    });
    await expect(signIn({ USERNAME: "jo", PASSWORD: "other" })).rejects.toThrow("Incorrect username or password.");
  });

  it("makes one user where several come at once", async () => {
    await migrating(jo);
    const answers = await Promise.all(Array.from({ length: 5 }, () => signIn()));
    expect(new Set(answers.map(({ AuthenticationResult }) => !!AuthenticationResult))).toEqual(new Set([true]));
    expect(cloud.sources().filter((source) => source.startsWith("UserMigration"))).toHaveLength(1);
  });

  it("refuses a migrated user who needs a new password", async () => {
    await migrating({ userAttributes: {} });
    await expect(signIn()).rejects.toMatchObject({ name: "PasswordResetRequiredException" });
    expect((await userCalled("jo")).UserStatus).toBe("RESET_REQUIRED");
  });

  it.each([
    ["UserNotFoundException", "User does not exist.", {}],
    ["NotAuthorizedException", "Incorrect username or password.", hiding],
  ])("is a %s where the function does not know the name either", async (name, message, client) => {
    await migrating({}, {}, client);
    await expect(signIn()).rejects.toMatchObject({ name, message });
    await expect(userCalled("jo")).rejects.toMatchObject({ name: "UserNotFoundException" });
  });

  it.each<[string, object | (() => never)]>([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["answers attributes that are no texts", { userAttributes: { email_verified: true } }],
    ["answers another status", { userAttributes: {}, finalUserStatus: "UNCONFIRMED" }],
  ])("fails where the function %s", async (_, answer) => {
    await migrating(answer, {}, hiding);
    await expect(signIn()).rejects.toMatchObject({
      name: "UserNotFoundException",
      message: "Exception migrating user in app client client",
    });
  });

  it("fails with attributes that the pool does not allow", async () => {
    await migrating({ ...jo, userAttributes: { sub: "1" } });
    await expect(signIn()).rejects.toThrow("Cannot modify the non-mutable attribute sub");
    await expect(userCalled("jo")).rejects.toMatchObject({ name: "UserNotFoundException" });
  });

  it("calls no function without a password, or for an app client without its secret", async () => {
    await migrating(jo, {}, { ClientSecret: "secret" });
    await expect(signIn()).rejects.toThrow("SECRET_HASH was not received");
    await cloud.close();
    await migrating(jo);
    await expect(signIn({ USERNAME: "jo", SRP_A: "abc1" }, "USER_SRP_AUTH")).rejects.toThrow("User does not exist.");
    expect(cloud.events).toEqual([]);
  });

  it("leaves a user to the function that made one itself, as AWS does", async () => {
    await migrating(async () => {
      await cloud.call("AdminCreateUser", { Username: "jo", MessageAction: "SUPPRESS" });
      return jo;
    });
    await expect(signIn()).rejects.toThrow("Incorrect username or password.");
    expect((await userCalled("jo")).UserStatus).toBe("FORCE_CHANGE_PASSWORD");
  });

  it("keeps an address that is the name as the function writes it, and the id as the name", async () => {
    await migrating(jo, { UsernameAttributes: ["email"], UsernameConfiguration: { CaseSensitive: false } });
    await signIn({ USERNAME: "Jo@Example.org", PASSWORD: "old" });
    expect(cloud.events[0]?.userName).toBe("Jo@Example.org");
    const { sub, email } = await attributes("JO@example.org");
    expect([email, (await userCalled("jo@example.org")).Username]).toEqual(["jo@example.org", sub]);
  });

  it("takes the user name from the answer where the person typed an alias, and wants it there", async () => {
    let username: string | undefined = "jo";
    await migrating(() => ({ ...jo, userAttributes: { ...jo.userAttributes, ...(username && { username }) } }), {
      AliasAttributes: ["email"],
    });
    await signIn({ USERNAME: "jo@example.org", PASSWORD: "old" });
    expect(await attributes("jo")).toEqual({ sub: expect.any(String), ...jo.userAttributes });
    await cloud.call("AdminDeleteUser", { Username: "jo" });
    username = undefined;
    await expect(signIn({ USERNAME: "jo@example.org", PASSWORD: "old" })).rejects.toThrow(
      "Username cannot be of email format, since user pool is configured for email alias.",
    );
  });

  it("moves an alias only where the function says so", async () => {
    let forceAliasCreation = false;
    await migrating(() => ({ ...jo, forceAliasCreation }), { AliasAttributes: ["email"] });
    await cloud.addUser("owner", jo.userAttributes);
    await expect(signIn()).rejects.toMatchObject({ name: "AliasExistsException" });
    forceAliasCreation = true;
    await signIn();
    expect([(await attributes("owner")).email_verified, (await attributes("jo")).email_verified]).toEqual([
      "false",
      "true",
    ]);
  });
});

describe("a forgotten password for a name that no user has", () => {
  const forgot = () => cloud.call("ForgotPassword", { Username: "jo", ClientMetadata: { page: "home" } });

  it("migrates the user, and goes on as usual", async () => {
    await migrating({ ...jo, finalUserStatus: undefined });
    expect(await forgot()).toMatchObject({ CodeDeliveryDetails: { Destination: "j***@e***" } });
    expect(cloud.events).toMatchObject([{ triggerSource: "UserMigration_ForgotPassword", userName: "jo" }]);
    expect(cloud.events[0]?.request).toEqual({ clientMetadata: { page: "home" } });
    const Password = "Brand new 1";
    await cloud.call("ConfirmForgotPassword", { Username: "jo", ConfirmationCode: cloud.code(), Password });
    expect((await signIn({ USERNAME: "jo", PASSWORD: Password })).AuthenticationResult).toBeDefined();
  });

  it("needs a verified address", async () => {
    await migrating({ ...jo, userAttributes: { email: "jo@example.org" } });
    await expect(forgot()).rejects.toThrow("no registered/verified email");
  });

  it("looks the same for an unknown user where the client hides users", async () => {
    const byMail = {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email" as const, Priority: 1 }] },
    };
    await migrating({}, byMail, hiding);
    expect(await forgot()).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: "EMAIL" } });
    await expect(userCalled("jo")).rejects.toMatchObject({ name: "UserNotFoundException" });
  });
});
