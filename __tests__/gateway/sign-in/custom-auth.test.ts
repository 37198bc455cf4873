import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { type FakeCloud, fakeCloud, PASSWORD, type TriggerEvent } from "../fake-cloud";
import { srpClient } from "../srp-client";

let cloud: FakeCloud;
afterEach(() => cloud.close());

interface ChallengeResult {
  readonly challengeName: string;
  readonly challengeResult: boolean;
}
const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };
const spent = { name: "NotAuthorizedException", message: "Invalid session for the user." };
const secrets = { answer: "42", note: "for no eyes" };
const asked = { publicChallengeParameters: { hint: "6 * 7" }, privateChallengeParameters: secrets };

/** Asks for the password first where the client is ready for it, then a sum, until it is right or wrong twice. */
function define({ request }: TriggerEvent): object {
  const steps = request.session as ChallengeResult[];
  const last = steps.at(-1);
  if (last?.challengeName === "SRP_A") return { challengeName: "PASSWORD_VERIFIER" };
  if (last?.challengeName === "CUSTOM_CHALLENGE" && last.challengeResult) return { issueTokens: true };
  const failures = steps.filter(({ challengeResult }) => !challengeResult);
  return failures.length < 2 ? { challengeName: "CUSTOM_CHALLENGE" } : { failAuthentication: true };
}

const startCloud = async (by: Parameters<typeof fakeCloud>[0] = {}, client: UserPoolClientType = {}) => {
  cloud = await fakeCloud(
    {
      DefineAuthChallenge: define,
      CreateAuthChallenge: () => ({ ...asked, challengeMetadata: "SUM" }),
      VerifyAuthChallengeResponse: ({ request }) => ({ answerCorrect: request.challengeAnswer === "42" }),
      PreAuthentication: () => ({}),
      ...by,
    },
    { client },
  );
  await cloud.addUser("jo");
};

const start = (AuthParameters: object = {}, operation = "InitiateAuth") =>
  cloud.call(operation, {
    AuthFlow: "CUSTOM_AUTH",
    AuthParameters: { USERNAME: "jo", ...AuthParameters },
    ClientMetadata: { not: "for them" },
  });
const answer = (Session: string | undefined, ANSWER: string, USERNAME = "jo", operation = "RespondToAuthChallenge") =>
  cloud.call(operation, {
    ChallengeName: "CUSTOM_CHALLENGE",
    Session,
    ChallengeResponses: { USERNAME, ANSWER },
    ClientMetadata: { device: "phone" },
  });
const short = (source: string) => source.replace(/AuthChallenge.*_.*/, "");

describe("a custom authentication", () => {
  it("goes on until an answer is right, and sends each function its event", async () => {
    await startCloud({ PostAuthentication: () => ({}) });
    const first = await start();
    expect(first).toMatchObject({
      ChallengeName: "CUSTOM_CHALLENGE",
      ChallengeParameters: { hint: "6 * 7", USERNAME: "jo" },
    });
    const second = await answer(first.Session, "41");
    expect(second.Session).not.toBe(first.Session);
    expect((await answer(second.Session, "42")).AuthenticationResult).toBeDefined();
    expect(cloud.sources().map(short)).toEqual(
      "Define Create Verify Define Create Verify Define PostAuthentication_Authentication".split(" "),
    );
    const [begin, , verify, , again, , end, post] = cloud.events;
    const step = { challengeName: "CUSTOM_CHALLENGE", challengeResult: false, challengeMetadata: "SUM" };
    const clientMetadata = { device: "phone" };
    const userAttributes = { sub: expect.any(String), "cognito:user_status": "CONFIRMED" };
    const common = { userAttributes, userNotFound: false };
    expect(begin?.request).toEqual({ ...common, session: [] });
    expect(begin?.response).toEqual({ challengeName: null, issueTokens: null, failAuthentication: null });
    expect(verify?.request).toEqual({
      ...common,
      privateChallengeParameters: secrets,
      challengeAnswer: "41",
      clientMetadata,
    });
    expect(again?.request).toEqual({ ...common, challengeName: "CUSTOM_CHALLENGE", session: [step], clientMetadata });
    expect(end?.request).toEqual({ ...common, session: [step, { ...step, challengeResult: true }], clientMetadata });
    expect(post?.request).toMatchObject({ clientMetadata });
  });

  it("keeps the private parameters to itself", async () => {
    await startCloud();
    const first = await start();
    expect(JSON.stringify([first, await answer(first.Session, "41")])).not.toContain("eyes");
  });

  it("ends where the functions say so", async () => {
    await startCloud();
    const { Session } = await answer((await start()).Session, "40");
    await expect(answer(Session, "41")).rejects.toMatchObject(wrong);
  });

  it("may be started by an administrator, too", async () => {
    await startCloud();
    const { Session } = await start({}, "AdminInitiateAuth");
    const { AuthenticationResult } = await answer(Session, "42", "jo", "AdminRespondToAuthChallenge");
    expect(AuthenticationResult).toBeDefined();
  });

  it("takes each session once, for its own user and client", async () => {
    await startCloud();
    await cloud.addUser("mo");
    const { Session } = await start();
    await answer(Session, "41");
    await expect(answer(Session, "42")).rejects.toMatchObject(spent);
    await expect(answer((await start()).Session, "42", "mo")).rejects.toMatchObject(spent);
    await expect(answer(undefined, "42")).rejects.toMatchObject(spent);
    const many = await start();
    const answers = await Promise.allSettled([1, 2, 3].map(() => answer(many.Session, "42")));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("lasts as long as the client's sessions", async () => {
    await startCloud({}, { AuthSessionValidity: 5 });
    const { Session } = await start();
    const now = Date.now();
    const clock = jest.spyOn(Date, "now").mockReturnValue(now + 301_000);
    await expect(answer(Session, "42")).rejects.toThrow("session is expired");
    clock.mockRestore();
  });

  it("has a limit", async () => {
    await startCloud({ DefineAuthChallenge: () => ({ challengeName: "CUSTOM_CHALLENGE" }) });
    let { Session } = await start();
    for (let i = 0; i < 50; i++) ({ Session } = await answer(Session, "0"));
    await expect(answer(Session, "0")).rejects.toMatchObject(wrong);
  });

  it("fails when the user was deleted and another has the name", async () => {
    await startCloud();
    const { Session } = await start();
    await cloud.call("AdminDeleteUser", { Username: "jo" });
    await cloud.addUser("jo");
    await expect(answer(Session, "42")).rejects.toMatchObject(wrong);
  });

  it("refuses a user who is disabled or unconfirmed", async () => {
    await startCloud({ DefineAuthChallenge: () => ({ issueTokens: true }) });
    await cloud.call("AdminDisableUser", { Username: "jo" });
    await expect(start()).rejects.toThrow("User is disabled.");
    await cloud.call("SignUp", { Username: "new", Password: PASSWORD });
    await expect(start({ USERNAME: "new" })).rejects.toMatchObject({ name: "UserNotConfirmedException" });
  });

  it.each<[string, object, object]>([
    ["nothing", {}, wrong],
    ["that it failed, and tokens", { failAuthentication: true, issueTokens: true }, wrong],
    ["another challenge", { challengeName: "SMS_MFA" }, { name: "InvalidLambdaResponseException" }],
    [
      "the password, for which the client sent no key",
      { challengeName: "PASSWORD_VERIFIER" },
      { name: "InvalidLambdaResponseException" },
    ],
    ["no flag", { issueTokens: "true" }, { name: "InvalidLambdaResponseException" }],
  ])("fails where the function defines %s", async (_, response, error) => {
    await startCloud({ DefineAuthChallenge: () => response });
    await expect(start()).rejects.toMatchObject(error);
  });

  it.each(["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"] as const)(
    "passes on what %s throws",
    async (trigger) => {
      await startCloud({
        [trigger]: () => {
          throw new Error("no");
        },
      });
      await expect(start().then(({ Session }) => answer(Session, "42"))).rejects.toMatchObject({
        name: "UserLambdaValidationException",
        message: `${trigger} failed with error no.`,
      });
    },
  );

  it("needs its functions, and a client that may", async () => {
    await startCloud({}, { ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] });
    await expect(start()).rejects.toThrow("CUSTOM_AUTH is not enabled for the client.");
    await cloud.close();
    cloud = await fakeCloud({ DefineAuthChallenge: define });
    await cloud.addUser("jo");
    await expect(start()).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "Custom auth lambda trigger is not configured for the user pool.",
    });
  });
});

describe("the same for a name that no user has", () => {
  const who = { USERNAME: "who" };

  it("is refused at once where the client may know", async () => {
    await startCloud();
    await expect(start(who)).rejects.toMatchObject({ name: "UserNotFoundException" });
    expect(cloud.events).toEqual([]);
  });

  it("looks no different where it may not, but for the end", async () => {
    await startCloud({}, { PreventUserExistenceErrors: "ENABLED" });
    const first = await start(who);
    expect(first).toMatchObject({
      ChallengeName: "CUSTOM_CHALLENGE",
      ChallengeParameters: { hint: "6 * 7", USERNAME: "who" },
    });
    const second = await answer(first.Session, "41", "who");
    expect(second.ChallengeName).toBe("CUSTOM_CHALLENGE");
    await expect(answer(second.Session, "42", "who")).rejects.toMatchObject(wrong);
    expect(cloud.events).toHaveLength(7);
    for (const { request, userName } of cloud.events)
      expect([userName, request]).toMatchObject(["who", { userNotFound: true, userAttributes: {} }]);
  });
});

describe("a password as the first step", () => {
  const prepared = async (password: string, name = "jo") => {
    const client = await srpClient(password);
    const { ChallengeName, ChallengeParameters } = await start({
      USERNAME: name,
      CHALLENGE_NAME: "SRP_A",
      SRP_A: client.SRP_A,
    });
    expect(ChallengeName).toBe("PASSWORD_VERIFIER");
    const ChallengeResponses = await client.answer(ChallengeParameters);
    return () => cloud.call("RespondToAuthChallenge", { ChallengeName, ChallengeResponses });
  };
  const srpA = { challengeName: "SRP_A", challengeResult: true, challengeMetadata: null };

  it("goes on to the functions' own", async () => {
    await startCloud();
    const { ChallengeName, Session } = await (await prepared(PASSWORD))();
    expect(ChallengeName).toBe("CUSTOM_CHALLENGE");
    expect((await answer(Session, "42")).AuthenticationResult).toBeDefined();
    const [begin, middle] = cloud.events.filter(({ triggerSource }) => triggerSource.startsWith("Define"));
    expect(begin?.request.session).toEqual([srpA]);
    expect(middle?.request.session).toEqual([srpA, { ...srpA, challengeName: "PASSWORD_VERIFIER" }]);
  });

  it("ends there where it is wrong, or the user does not exist", async () => {
    await startCloud({}, { PreventUserExistenceErrors: "ENABLED" });
    await expect((await prepared("wrong"))()).rejects.toMatchObject(wrong);
    await expect((await prepared(PASSWORD, "who"))()).rejects.toMatchObject(wrong);
    expect(cloud.sources().map(short)).toEqual(["Define", "Define"]);
  });
});
