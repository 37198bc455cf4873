import {
  AdminCreateUserCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  claimsOf,
  cognito,
  describeCloud,
  eventually,
  failure,
  type Ids,
  mailsTo,
  noteTokens,
  PASSWORD,
  signInTo,
  signUpTo,
  triggersDuring,
  uniqueName,
  uniquePhone,
} from "../cloud";
import {
  answerCode,
  attributesOf,
  beginCode,
  confirm,
  groupsOf,
  mailed,
  newAddress,
  newUser,
  refresh,
  withPassword,
} from "../people";
import { callJson } from "../services";
import { used } from "../used-values";
import { TRIGGERS_STACK as stack } from "./triggers-stack";

describeCloud("all twelve triggers on one pool", () => {
  let all: Ids;

  beforeAll(async () => {
    ({ all } = await stack.ready());
  }, 300_000);

  describe("at sign-up", () => {
    it("pre sign-up refuses a domain, as everywhere", async () => {
      const address = `${uniqueName()}@example.com`;
      const refused = () => failure(signUpTo(all, address, { email: address }));
      const runs = await triggersDuring("all", async () =>
        expect(await refused()).toEqual({
          name: "UserLambdaValidationException",
          message:
            "PreSignUp failed with error Users from example.com are no longer allowed to sign up [domain-denied].",
        }),
      );
      expect(runs).toEqual([["PreSignUp_SignUp", "UserLambdaValidationException"]]);
    });

    it("the email sender decrypts the code, and post confirmation puts its owner into the group", async () => {
      const address = newAddress();
      const signUp = await triggersDuring("all", () => signUpTo(all, address, { email: address }));
      expect(signUp.map(([source]) => source)).toEqual([
        "PreSignUp_SignUp",
        "CustomMessage_SignUp",
        "CustomEmailSender_SignUp",
      ]);
      const code = await mailed(address);
      const [mail, ...more] = await mailsTo(address);
      expect(more).toEqual([]);
      expect(mail?.subject).toContain("Example");
      expect(await groupsOf(all, address)).toEqual([]);

      const confirmed = await triggersDuring("all", () => confirm(address, code, all));
      expect(confirmed).toEqual([["PostConfirmation_ConfirmSignUp", "returned"]]);
      expect(await groupsOf(all, address)).toEqual(["members"]);
    });

    it("the SMS sender decrypts the code for whoever gave a phone number", async () => {
      const [address, phone] = [newAddress(), uniquePhone()];
      const runs = await triggersDuring("all", () => signUpTo(all, address, { email: address, phone_number: phone }));
      expect(runs.map(([source]) => source)).toContain("CustomSMSSender_SignUp");
      await confirm(address, await mailed(phone), all);
      expect(await attributesOf(all, address)).toMatchObject({ phone_number_verified: "true" });
      expect(await mailsTo(address)).toEqual([]);
    });

    it("nobody changes into an address that is kept out", async () => {
      const address = await newUser(all);
      const AccessToken = (await withPassword(all, address)).AuthenticationResult?.AccessToken;
      const next = `${uniqueName()}@example.com`;
      const UserAttributes = [{ Name: "email", Value: next }];
      const refused = {
        name: "UserLambdaValidationException",
        message: "CustomMessage failed with error Users from example.com are no longer allowed to log in.",
      };
      const again = new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: "email" });
      expect(await failure(cognito.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes })))).toEqual(
        refused,
      );
      expect(await failure(cognito.send(again))).toEqual(refused);
      expect(await attributesOf(all, address)).toMatchObject({ email: address, email_verified: "true" });
      expect(await mailsTo(next)).toEqual([]);
      await withPassword(all, address);
    });

    it("every other occasion to send a code goes the same way", async () => {
      const { clientId: ClientId, userPoolId: UserPoolId } = all;
      const address = newAddress();
      await signUpTo(all, address, { email: address });
      const sources = async (work: () => Promise<unknown>) =>
        (await triggersDuring("all", work)).map(([source]) => source).filter((source) => source.startsWith("Custom"));
      await mailed(address, 1);
      expect(
        await sources(() => cognito.send(new ResendConfirmationCodeCommand({ ClientId, Username: address }))),
      ).toEqual(["CustomMessage_ResendCode", "CustomEmailSender_ResendCode"]);
      await confirm(address, await mailed(address, 2), all);
      expect(await sources(() => cognito.send(new ForgotPasswordCommand({ ClientId, Username: address })))).toEqual([
        "CustomMessage_ForgotPassword",
        "CustomEmailSender_ForgotPassword",
      ]);
      const AccessToken = (await withPassword(all, address)).AuthenticationResult?.AccessToken;
      const next = newAddress();
      const UserAttributes = [{ Name: "email", Value: next }];
      expect(
        await sources(() => cognito.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }))),
      ).toEqual(["CustomMessage_UpdateUserAttribute", "CustomEmailSender_UpdateUserAttribute"]);
      await mailed(next, 1);
      const again = new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: "email" });
      expect(await sources(() => cognito.send(again))).toEqual([
        "CustomMessage_VerifyUserAttribute",
        "CustomEmailSender_VerifyUserAttribute",
      ]);
      const Code = await mailed(next, 2);
      await cognito.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
      expect(await attributesOf(all, next)).toMatchObject({ email: next, email_verified: "true" });

      const invited = newAddress();
      const invitation = new AdminCreateUserCommand({
        UserPoolId,
        Username: invited,
        UserAttributes: [{ Name: "email", Value: invited }],
        DesiredDeliveryMediums: ["EMAIL"],
      });
      expect(await sources(() => cognito.send(invitation))).toEqual([
        "CustomMessage_AdminCreateUser",
        "CustomEmailSender_AdminCreateUser",
      ]);
    });
  });

  describe("at sign-in", () => {
    it("pre authentication, post authentication and token generation run, once each", async () => {
      const address = await newUser(all, { "custom:tenant": "acme" });
      let session: Awaited<ReturnType<typeof signInTo>> | undefined;
      const runs = await triggersDuring("all", async () => {
        session = await signInTo(all, address);
      });
      expect(runs.map(([source]) => source).sort()).toEqual([
        "PostAuthentication_Authentication",
        "PreAuthentication_Authentication",
        "TokenGeneration_Authentication",
      ]);
      const id = await claimsOf(all, "id", session?.getIdToken().getJwtToken());
      expect(id).toMatchObject({ tenant: "acme", limits: { seats: 5 }, "cognito:groups": ["members"] });
      expect(id).not.toHaveProperty("custom:tenant");
      const access = await claimsOf(all, "access", session?.getAccessToken().getJwtToken());
      expect(access).toMatchObject({ roles: ["members"] });
      expect(String(access.scope).split(" ").sort()).toEqual(["aws.cognito.signin.user.admin", "orders/read"]);
    });

    it("leaves a record that expires, and says who, when and through what, and no more", async () => {
      const address = await newUser(all);
      await withPassword(all, address);
      const { sub = "" } = await attributesOf(all, address);
      const { Items } = await callJson<{ Items: Record<string, Record<string, string>>[] }>(
        "dynamodb",
        "DynamoDB_20120810.Query",
        {
          TableName: "identity-triggers-all-sign-ins",
          KeyConditionExpression: "#user = :user",
          ExpressionAttributeNames: { "#user": "user" },
          ExpressionAttributeValues: { ":user": { S: sub } },
        },
      );
      expect(Items).toHaveLength(1);
      expect(JSON.stringify(Items)).toContain(all.clientId);
      expect(JSON.stringify(Items)).not.toContain(address);
      const days = (Number(Items[0]?.until?.N) - Date.now() / 1000) / 86_400;
      expect(Math.round(days)).toBe(90);
    });

    it("a refresh runs token generation alone, with what the settings say", async () => {
      const address = await newUser(all, { "custom:tenant": "acme" });
      const { AuthenticationResult } = await withPassword(all, address);
      let IdToken: string | undefined;
      const runs = await triggersDuring("all", async () => {
        const answer = await refresh(all, AuthenticationResult?.RefreshToken);
        IdToken = answer.AuthenticationResult?.IdToken;
      });
      expect(runs).toEqual([["TokenGeneration_RefreshTokens", "returned"]]);
      expect(await claimsOf(all, "id", IdToken)).toMatchObject({ tenant: "acme" });
    });

    it("a temporary password is mailed, and exchanged without a confirmation", async () => {
      const address = newAddress();
      const temporary = used('<temporary & "secret">');
      await cognito.send(
        new AdminCreateUserCommand({
          UserPoolId: all.userPoolId,
          Username: address,
          TemporaryPassword: temporary,
          UserAttributes: [
            { Name: "email", Value: address },
            { Name: "email_verified", Value: "true" },
          ],
          DesiredDeliveryMediums: ["EMAIL"],
        }),
      );
      const mail = await eventually(async () => (await mailsTo(address))[0]);
      expect(mail.body).toContain("&#60;temporary &#38; &#34;secret&#34;&#62;");
      const { Session, ChallengeName } = await withPassword(all, address, temporary);
      expect(ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
      const runs = await triggersDuring("all", () =>
        cognito.send(
          new RespondToAuthChallengeCommand({
            ClientId: all.clientId,
            ChallengeName,
            Session,
            ChallengeResponses: { USERNAME: address, NEW_PASSWORD: PASSWORD },
          }),
        ),
      );
      expect(runs.map(([source]) => source).sort()).toEqual([
        "PostAuthentication_Authentication",
        "TokenGeneration_NewPasswordChallenge",
      ]);
    });

    it("a new password after a forgotten one puts its owner into the group, again without harm", async () => {
      const address = await newUser(all);
      const { clientId: ClientId } = all;
      await cognito.send(new ForgotPasswordCommand({ ClientId, Username: address }));
      const ConfirmationCode = await mailed(address, 2);
      const runs = await triggersDuring("all", () =>
        cognito.send(
          new ConfirmForgotPasswordCommand({
            ClientId,
            Username: address,
            ConfirmationCode,
            Password: used("another password of mine"),
          }),
        ),
      );
      expect(runs).toEqual([["PostConfirmation_ConfirmForgotPassword", "returned"]]);
      expect(await groupsOf(all, address)).toEqual(["members"]);
      await signInTo(all, address, "another password of mine");
    });
  });

  describe("without a password", () => {
    const begin = (name: string) => beginCode(all, name);
    const answer = (name: string, code: string, session?: string) => answerCode(all, name, code, session);
    const REFUSED = { name: "NotAuthorizedException", message: "Incorrect username or password." };

    it("people sign in with the code that was mailed to them", async () => {
      const address = await newUser(all);
      let tokens: string | undefined;
      const runs = await triggersDuring("all", async () => {
        const { Session, ChallengeParameters } = await begin(address);
        const code = await mailed(address, 2);
        expect(JSON.stringify(ChallengeParameters)).not.toContain(code);
        const { AuthenticationResult } = await answer(address, code, Session);
        tokens = AuthenticationResult?.AccessToken;
        noteTokens(tokens);
      });
      expect(runs.map(([source]) => source)).toEqual([
        "DefineAuthChallenge_Authentication",
        "CreateAuthChallenge_Authentication",
        "VerifyAuthChallengeResponse_Authentication",
        "DefineAuthChallenge_Authentication",
        expect.stringMatching(/^(PostAuthentication|TokenGeneration)_Authentication$/),
        expect.stringMatching(/^(PostAuthentication|TokenGeneration)_Authentication$/),
      ]);
      expect(await claimsOf(all, "access", tokens)).toMatchObject({ roles: ["members"] });
    });

    it("get a mail for each sign-in, whose code no other takes, and which is good once", async () => {
      const address = await newUser(all);
      const [first, second] = [await begin(address), await begin(address)];
      const code = await mailed(address, 3);
      const { Session } = await answer(address, code, first.Session);
      expect(Session).toBeDefined();
      expect((await answer(address, code, second.Session)).AuthenticationResult).toBeDefined();
      expect(await failure(answer(address, code, second.Session))).toMatchObject({ name: "NotAuthorizedException" });
      const older = used((await mailsTo(address))[1]?.body.match(/\d{8}/)?.[0] ?? "");
      expect((await answer(address, older, Session)).AuthenticationResult).toBeDefined();
    });

    it("can be wrong twice, but not three times", async () => {
      const wrong = (code: string) => (code === "00000000" ? "11111111" : "00000000");
      const address = await newUser(all);
      let { Session } = await begin(address);
      const code = await mailed(address, 2);
      for (let attempt = 0; attempt < 2; attempt++) ({ Session } = await answer(address, wrong(code), Session));
      expect((await answer(address, code, Session)).AuthenticationResult).toBeDefined();

      ({ Session } = await begin(address));
      for (let attempt = 0; attempt < 2; attempt++) ({ Session } = await answer(address, wrong(code), Session));
      expect(await failure(answer(address, wrong(code), Session))).toEqual(REFUSED);
      expect(await mailsTo(address)).toHaveLength(3);
    });

    it("learn nothing about somebody who does not exist", async () => {
      const [known, unknown] = [await newUser(all), newAddress()];
      const shape = async (name: string) => {
        let { ChallengeName, ChallengeParameters, Session } = await begin(name);
        const shapes: unknown[] = [];
        for (let attempt = 0; attempt < 3; attempt++) {
          const { USERNAME, ...parameters } = ChallengeParameters ?? {};
          shapes.push([ChallengeName, parameters, USERNAME?.replace(/[\da-f]/g, "x")]);
          const next = await answer(name, "not a code", Session).catch((error: Error) => error);
          if (next instanceof Error) return [...shapes, next.name, next.message];
          ({ ChallengeName, ChallengeParameters, Session } = next);
        }
        return shapes;
      };
      const [ofKnown, ofUnknown] = [await shape(known), await shape(unknown)];
      expect(ofUnknown).toEqual(ofKnown);
      expect(ofUnknown.slice(-2)).toEqual([REFUSED.name, REFUSED.message]);
      expect(await mailsTo(unknown)).toEqual([]);
    });
  });

  describe("from a legacy directory", () => {
    const LEGACY_PASSWORD = used("a password of long ago");
    const legacyUser = (tenant = "old") => stack.legacyUser(LEGACY_PASSWORD, { tenant });

    it("a person is migrated at the first sign-in, and not at the second", async () => {
      const address = await legacyUser();
      let first: Awaited<ReturnType<typeof withPassword>> | undefined;
      const runs = await triggersDuring("all", async () => {
        first = await withPassword(all, address, LEGACY_PASSWORD);
      });
      expect(runs[0]).toEqual(["UserMigration_Authentication", "returned"]);
      expect(await claimsOf(all, "id", first?.AuthenticationResult?.IdToken)).toMatchObject({
        email: address,
        tenant: "old",
      });
      expect(await attributesOf(all, address)).toMatchObject({ email_verified: "true" });
      const again = await triggersDuring("all", () => signInTo(all, address, LEGACY_PASSWORD));
      expect(again.map(([source]) => source)).not.toContain("UserMigration_Authentication");
      expect(again.map(([source]) => source)).toContain("TokenGeneration_Authentication");
    });

    it("nobody else can sign up with a name that is still there, in whatever case", async () => {
      const address = await legacyUser();
      for (const name of [address, address.toUpperCase()]) {
        expect(await failure(signUpTo(all, name, { email: name }))).toEqual({
          name: "UserLambdaValidationException",
          message: "PreSignUp failed with error This address or phone number cannot be used [address-taken].",
        });
      }
      await withPassword(all, address, LEGACY_PASSWORD);
    });

    it("somebody with a phone number that Cognito refuses gets the answer of an unknown person", async () => {
      const [address, nobody] = [await legacyUser("x".repeat(300)), newAddress()];
      const { clientId: ClientId } = all;
      const forgotten = (Username: string) => cognito.send(new ForgotPasswordCommand({ ClientId, Username }));
      for (const name of [address, nobody]) expect(await forgotten(name)).toHaveProperty("CodeDeliveryDetails");
      expect(await failure(withPassword(all, address, LEGACY_PASSWORD))).toEqual(
        await failure(withPassword(all, nobody, LEGACY_PASSWORD)),
      );
      expect(await mailsTo(address)).toEqual([]);
    });

    it("nobody is migrated with a wrong password, and the answer is the usual one", async () => {
      const [address, nobody] = [await legacyUser(), newAddress()];
      const wrong = await failure(withPassword(all, address, "wrong"));
      expect(wrong).toEqual({ name: "NotAuthorizedException", message: "Incorrect username or password." });
      expect(await failure(withPassword(all, nobody, "wrong"))).toEqual(wrong);
      expect((await failure(attributesOf(all, address))).name).toBe("UserNotFoundException");
    });

    it("a person who forgot the password is migrated, and is put into the group", async () => {
      const address = await legacyUser();
      const { clientId: ClientId } = all;
      const runs = await triggersDuring("all", () =>
        cognito.send(new ForgotPasswordCommand({ ClientId, Username: address })),
      );
      expect(runs.map(([source]) => source)).toEqual([
        "UserMigration_ForgotPassword",
        "CustomMessage_ForgotPassword",
        "CustomEmailSender_ForgotPassword",
      ]);
      const ConfirmationCode = await mailed(address);
      await cognito.send(
        new ConfirmForgotPasswordCommand({ ClientId, Username: address, ConfirmationCode, Password: PASSWORD }),
      );
      expect(await groupsOf(all, address)).toEqual(["members"]);
      await signInTo(all, address);
    });
  });
});
