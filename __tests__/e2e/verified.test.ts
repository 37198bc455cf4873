import {
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DeleteUserCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  codeFor,
  cognito,
  describeCloud,
  failure,
  mailsTo,
  PASSWORD,
  pools,
  signIn,
  signUpTo,
  uniqueName,
  verified,
} from "./cloud";
import { createdUser, refresh as refreshIn } from "./people";

describeCloud("the verified pool", () => {
  const { clientId: ClientId, userPoolId: UserPoolId } = pools.verified;
  const newAddress = () => `${uniqueName()}@example.org`;
  const signUp = (email: string) => signUpTo(pools.verified, email, { email });
  const confirm = (Username: string, ConfirmationCode: string) =>
    cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
  const passwordSignIn = (USERNAME: string, PASSWORD_ = PASSWORD) =>
    cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD: PASSWORD_ },
      }),
    );
  const refresh = (token: string) => refreshIn(pools.verified, token);
  const confirmedUser = async () => {
    const address = newAddress();
    await signUp(address);
    await confirm(address, await codeFor(address));
    return address;
  };

  it("lets a user sign in only after the code from the mailbox", async () => {
    const address = newAddress();
    const { UserConfirmed } = await signUp(address);
    expect(UserConfirmed).toBe(false);
    expect(await failure(signIn("verified", address))).toMatchObject({
      name: "UserNotConfirmedException",
    });

    const code = await codeFor(address);
    const wrong = code === "000000" ? "000001" : "000000";
    expect(await failure(confirm(address, wrong))).toMatchObject({ name: "CodeMismatchException" });
    expect(await failure(signIn("verified", address))).toMatchObject({
      name: "UserNotConfirmedException",
    });

    await confirm(address, code);
    const session = await signIn("verified", address.toUpperCase());
    expect(await verified("verified", session.getIdToken().getJwtToken())).toMatchObject({
      email: address,
    });
  });

  it("mails a second code that replaces the first", async () => {
    const address = newAddress();
    await signUp(address);
    const first = await codeFor(address);
    await cognito.send(new ResendConfirmationCodeCommand({ ClientId, Username: address }));
    const second = await codeFor(address);
    expect(await mailsTo(address)).toHaveLength(2);
    if (first !== second) {
      expect(await failure(confirm(address, first))).toMatchObject({
        name: "CodeMismatchException",
      });
    }
    await confirm(address, second);
  });

  it("takes a password in the plain, a refresh token, and gives a profile", async () => {
    const address = await confirmedUser();
    const { AuthenticationResult: first } = await passwordSignIn(address);
    const { AuthenticationResult: second } = await refresh(first?.RefreshToken ?? "");
    const user = await cognito.send(new GetUserCommand({ AccessToken: second?.AccessToken }));
    expect(user.UserAttributes).toContainEqual({ Name: "email", Value: address });
    expect(await failure(passwordSignIn(address, "wrong horse battery staple"))).toMatchObject({
      name: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
  });

  it("changes a password, and recovers a forgotten one by mail", async () => {
    const address = await confirmedUser();
    const { AuthenticationResult } = await passwordSignIn(address);
    const changed = "another horse battery staple";
    await cognito.send(
      new ChangePasswordCommand({
        AccessToken: AuthenticationResult?.AccessToken,
        PreviousPassword: PASSWORD,
        ProposedPassword: changed,
      }),
    );
    expect(await failure(signIn("verified", address))).toMatchObject({
      name: "NotAuthorizedException",
    });
    await signIn("verified", address, changed);

    await cognito.send(new ForgotPasswordCommand({ ClientId, Username: address }));
    const ConfirmationCode = await codeFor(address);
    await cognito.send(
      new ConfirmForgotPasswordCommand({
        ClientId,
        Username: address,
        ConfirmationCode,
        Password: PASSWORD,
      }),
    );
    await signIn("verified", address);
  });

  it("ends a session everywhere, or one refresh token", async () => {
    const address = await confirmedUser();
    const one = (await passwordSignIn(address)).AuthenticationResult;
    const other = (await passwordSignIn(address)).AuthenticationResult;
    await cognito.send(new RevokeTokenCommand({ ClientId, Token: one?.RefreshToken }));
    expect(await failure(refresh(one?.RefreshToken ?? ""))).toMatchObject({
      name: "NotAuthorizedException",
    });
    await cognito.send(new GlobalSignOutCommand({ AccessToken: other?.AccessToken }));
    expect(await failure(refresh(other?.RefreshToken ?? ""))).toMatchObject({
      name: "NotAuthorizedException",
    });
    expect(await failure(cognito.send(new GetUserCommand({ AccessToken: other?.AccessToken })))).toMatchObject({
      name: "NotAuthorizedException",
    });
  });

  it("removes a user who deletes their own account", async () => {
    const address = await confirmedUser();
    const find = () => cognito.send(new ListUsersCommand({ UserPoolId, Filter: `email = "${address}"` }));
    expect((await find()).Users).toHaveLength(1);
    const { AuthenticationResult } = await passwordSignIn(address);
    await cognito.send(new DeleteUserCommand({ AccessToken: AuthenticationResult?.AccessToken }));
    expect((await find()).Users).toEqual([]);
    expect(await failure(signIn("verified", address))).toMatchObject({
      name: "NotAuthorizedException",
    });
  });

  it("refuses weak passwords, and names that are no address", async () => {
    const weak = new SignUpCommand({ ClientId, Username: newAddress(), Password: "elevenchars" });
    expect(await failure(cognito.send(weak))).toMatchObject({ name: "InvalidPasswordException" });
    expect(await failure(signUp("somebody"))).toMatchObject({ name: "InvalidParameterException" });
  });

  describe("refuses people of a denied domain before it looks at their password", () => {
    const REFUSAL = {
      name: "UserLambdaValidationException",
      message: "PreAuthentication failed with error Users from example.com are no longer allowed to log in.",
    };

    it("who are unknown", async () => {
      expect(await failure(signIn("verified", "nobody-here@example.com"))).toEqual(REFUSAL);
      expect(await failure(passwordSignIn("nobody-here@example.com", "wrong"))).toEqual(REFUSAL);
    });

    it("who have an account, whatever password they type", async () => {
      const address = `${uniqueName()}@example.com`;
      // They cannot sign up either: an administrator made them.
      await createdUser(pools.verified, address);
      expect(await failure(signIn("verified", address))).toEqual(REFUSAL);
      expect(await failure(passwordSignIn(address, "wrong"))).toEqual(REFUSAL);
      expect(await failure(passwordSignIn(address.toUpperCase()))).toEqual(REFUSAL);
    });
  });
});
