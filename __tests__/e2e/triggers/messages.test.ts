import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import {
  AdminCreateUserCommand,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  ResendConfirmationCodeCommand,
  UpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import { LANGUAGES, type Language } from "../../../functions/shared/messages/languages";
import { WEBHOOK } from "../../all-triggers";
import {
  claimsOf,
  cognito,
  describeCloud,
  endpoint,
  eventually,
  type Ids,
  mailsTo,
  noteTokens,
  PASSWORD,
  signInTo,
  signUpTo,
  triggersDuring,
  uniquePhone,
} from "../cloud";
import { attributesOf, confirm, mailed, newAddress, newUser } from "../people";
import { used } from "../used-values";
import { TRIGGERS_STACK as stack, WEBHOOK_KEY } from "./triggers-stack";

describeCloud("messages", () => {
  let worded: Ids;
  let hooked: Ids;
  beforeAll(async () => {
    ({ worded, hooked } = await stack.ready());
  }, 300_000);

  /** The subject of a kind of message, as it is in our templates. */
  const subjectOf = (language: Language, kind: "SignUp" | "ForgotPassword") =>
    LANGUAGES[language][kind].subject.replace("{app}", "Example");

  describe("in one's own words", () => {
    it.each([
      ["nl-NL", "nl"],
      ["de", "de"],
      ["en_GB", "en"],
      ["es", "es"],
      ["pt", "es"],
      [undefined, "es"],
    ] as const)("speak to somebody whose locale is %s in %s", async (locale, language) => {
      const address = newAddress();
      await signUpTo(worded, address, { email: address, ...(locale && { locale }) });
      const [mail, ...more] = await mailsTo(address);
      expect(more).toEqual([]);
      expect(mail?.subject).toBe(subjectOf(language, "SignUp"));
      expect(mail?.body).toContain(`<html lang="${language}"`);
      expect(mail?.body).not.toMatch(/\{####\}|\{app\}/);
      await confirm(address, await mailed(address), worded);
    });

    it("are said at every occasion, each with its own source", async () => {
      const { clientId: ClientId, userPoolId: UserPoolId } = worded;
      const address = newAddress();
      const sources = async (work: () => Promise<unknown>) =>
        (await triggersDuring("worded", work)).map(([source]) => source).filter((source) => /Message/.test(source));
      expect(await sources(() => signUpTo(worded, address, { email: address, locale: "de" }))).toEqual([
        "CustomMessage_SignUp",
      ]);
      const resend = new ResendConfirmationCodeCommand({ ClientId, Username: address });
      expect(await sources(() => cognito.send(resend))).toEqual(["CustomMessage_ResendCode"]);
      await confirm(address, await mailed(address, 2), worded);
      const forgot = new ForgotPasswordCommand({ ClientId, Username: address });
      expect(await sources(() => cognito.send(forgot))).toEqual(["CustomMessage_ForgotPassword"]);
      const AccessToken = (await signInPasswordFirst(worded, address)).getAccessToken().getJwtToken();
      const UserAttributes = [{ Name: "email", Value: newAddress() }];
      const update = new UpdateUserAttributesCommand({ AccessToken, UserAttributes });
      expect(await sources(() => cognito.send(update))).toEqual(["CustomMessage_UpdateUserAttribute"]);
      const prove = new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: "email" });
      expect(await sources(() => cognito.send(prove))).toEqual(["CustomMessage_VerifyUserAttribute"]);
      const invited = newAddress();
      const invite = new AdminCreateUserCommand({
        UserPoolId,
        Username: invited,
        UserAttributes: [{ Name: "email", Value: invited }],
        DesiredDeliveryMediums: ["EMAIL"],
      });
      expect(await sources(() => cognito.send(invite))).toEqual(["CustomMessage_AdminCreateUser"]);
      const [mail] = await mailsTo(invited);
      expect(mail?.body).not.toMatch(/\{####\}|\{username\}/);
    });
  });

  /** Signs in by SRP and then the code that is mailed, as Amazon's client does it. */
  function signInPasswordFirst({ userPoolId, clientId }: Ids, Username: string) {
    const Pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint });
    const user = new CognitoUser({ Username, Pool });
    user.setAuthenticationFlowType("CUSTOM_AUTH");
    return new Promise<Awaited<ReturnType<typeof signInTo>>>((onSuccess, onFailure) => {
      const before = mailsTo(Username);
      user.authenticateUser(new AuthenticationDetails({ Username, Password: PASSWORD }), {
        onSuccess,
        onFailure,
        customChallenge: async () => {
          const code = await mailed(Username, (await before).length + 1);
          user.sendCustomChallengeAnswer(code, { onSuccess, onFailure });
        },
      });
    });
  }

  it("with a code come after the password, where that goes first, and version 3 words the tokens", async () => {
    const address = await newUser(worded);
    let access = "";
    const runs = await triggersDuring("worded", async () => {
      access = (await signInPasswordFirst(worded, address)).getAccessToken().getJwtToken();
    });
    noteTokens(access);
    expect(runs.map(([source]) => source)).toEqual([
      "DefineAuthChallenge_Authentication",
      "DefineAuthChallenge_Authentication",
      "CreateAuthChallenge_Authentication",
      "VerifyAuthChallengeResponse_Authentication",
      "DefineAuthChallenge_Authentication",
      "TokenGeneration_Authentication",
    ]);
    expect(await claimsOf(worded, "access", access)).toMatchObject({ plan: ["free", 1] });
  });

  describe("through a webhook", () => {
    interface Post {
      headers: Record<string, string | string[] | undefined>;
      body: string;
    }
    const posts: Post[] = [];
    const receiver = createServer((request, response) => {
      let body = "";
      request.on("data", (data) => {
        body += data;
      });
      request.on("end", () => {
        posts.push({ headers: request.headers, body });
        response.end();
      });
    });
    beforeAll(() => new Promise<void>((done) => receiver.listen(Number(new URL(WEBHOOK).port), "localhost", done)));
    afterAll(() => receiver.close());

    const postTo = (to: string) =>
      eventually(async () => posts.find(({ body }) => (JSON.parse(body) as { to: string }).to === to));

    it.each([
      ["email", /\b\d{6}\b/],
      ["sms", /\b\d{6}\b/],
    ])("are signed, and bring their code by %s", async (medium, code) => {
      const [address, phone] = [newAddress(), uniquePhone()];
      await signUpTo(hooked, address, { email: address, ...(medium === "sms" && { phone_number: phone }) });
      const { headers, body } = await postTo(medium === "sms" ? phone : address);
      const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
      const signature = createHmac("sha256", Buffer.from(WEBHOOK_KEY, "base64")).update(signed).digest("base64");
      expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
      const message = JSON.parse(body) as { kind: string; medium: string; text: string };
      expect(message).toMatchObject({ kind: "SignUp", medium });
      await confirm(address, used(code.exec(message.text)?.[0] ?? ""), hooked);
      const proven = medium === "sms" ? "phone_number_verified" : "email_verified";
      expect(await attributesOf(hooked, address)).toMatchObject({ [proven]: "true" });
    });

    it("are the only ones that go out, and version 1 of token generation words the ID token", async () => {
      const address = newAddress();
      await signUpTo(hooked, address, { email: address });
      const { text } = JSON.parse((await postTo(address)).body) as { text: string };
      await confirm(address, used(/\b\d{6}\b/.exec(text)?.[0] ?? ""), hooked);
      expect(await mailsTo(address)).toEqual([]);
      const session = await signInTo(hooked, address);
      const claims = await claimsOf(hooked, "id", session.getIdToken().getJwtToken());
      expect(claims).toMatchObject({ tier: "gold" });
      expect(claims).not.toHaveProperty("email");
      expect(await claimsOf(hooked, "access", session.getAccessToken().getJwtToken())).not.toHaveProperty("tier");
    });
  });
});
