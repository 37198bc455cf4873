import { AdminCreateUserCommand, AdminGetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import {
  allMails,
  cognito,
  describeCloud,
  failure,
  mailsTo,
  outputs,
  PASSWORD,
  pools,
  signIn,
  signUpTo,
  uniqueName,
  verified,
} from "./cloud";

describeCloud("the anonymous pool", () => {
  const { clientId: ClientId, userPoolId: UserPoolId } = pools.anonymous;
  const signUp = (name: string, attributes?: Record<string, string>) => signUpTo(pools.anonymous, name, attributes);

  it("lets a user sign in at once with a name and a password, and mails nothing", async () => {
    const name = uniqueName();
    const before = (await allMails()).length;

    const { UserConfirmed, CodeDeliveryDetails } = await signUp(name);
    const session = await signIn("anonymous", name);

    expect([UserConfirmed, CodeDeliveryDetails]).toEqual([true, undefined]);
    const claims = await verified("anonymous", session.getIdToken().getJwtToken());
    expect(claims).toMatchObject({
      "cognito:username": name,
      iss: `https://cognito-idp.${outputs.region}.amazonaws.com/${UserPoolId}`,
      aud: ClientId,
    });
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(["email"]));
    expect((await allMails()).length).toBe(before);
  });

  it("stores nothing of a user but a sub", async () => {
    const name = uniqueName();
    await signUp(name);
    const user = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: name }));
    expect(user.UserAttributes?.map(({ Name }) => Name)).toEqual(["sub"]);
  });

  it("refuses an attribute that the client may not write, before any trigger", async () => {
    const { name } = await failure(signUp(uniqueName(), { email: "someone@example.org" }));
    expect(name).toBe("NotAuthorizedException");
  });

  it("refuses the one attribute that the client may write", async () => {
    expect(await failure(signUp(uniqueName(), { updated_at: "1" }))).toEqual({
      name: "UserLambdaValidationException",
      message:
        "PreSignUp failed with error Sign up with a user name and a password only: nothing else is stored here [attributes-refused].",
    });
  });

  it.each(["someone@example.org", "+31612345678"])("refuses the user name %s", async (name) => {
    expect(await failure(signUp(name))).toEqual({
      name: "UserLambdaValidationException",
      message:
        "PreSignUp failed with error Choose a user name that is not an email address or a phone number [username-refused].",
    });
    const { name: missing } = await failure(cognito.send(new AdminGetUserCommand({ UserPoolId, Username: name })));
    expect(missing).toBe("UserNotFoundException");
  });

  it("runs the trigger for a user that an administrator makes, and ignores its flags", async () => {
    const name = uniqueName();
    const { User } = await cognito.send(
      new AdminCreateUserCommand({ UserPoolId, Username: name, TemporaryPassword: PASSWORD }),
    );
    expect(User?.UserStatus).toBe("FORCE_CHANGE_PASSWORD");
    const refused = cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: uniqueName(),
        UserAttributes: [{ Name: "email", Value: "someone@example.org" }],
      }),
    );
    expect((await failure(refused)).name).toBe("UserLambdaValidationException");
    expect(await mailsTo("someone@example.org")).toEqual([]);
  });

  it("lets exactly one of many in who sign up with one name at once", async () => {
    const name = uniqueName();
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => signUp(name)));
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const attempt of attempts) {
      if (attempt.status === "rejected") expect(attempt.reason.name).toBe("UsernameExistsException");
    }
  });
});
