import "./no-waiting";

import { handler as customAuth } from "../../functions/custom-auth";
import { settingsSchema as customAuthSettings } from "../../functions/custom-auth/settings";
import { handler as customMessage } from "../../functions/custom-message";
import { handler as postAuthentication } from "../../functions/post-authentication";
import { handler as postConfirmation } from "../../functions/post-confirmation";
import { handler as preAuthentication } from "../../functions/pre-authentication";
import { handler as preSignUp } from "../../functions/pre-sign-up";
import { type PreSignUpSettings, settingsSchema } from "../../functions/pre-sign-up/settings";
import { handler as preTokenGeneration } from "../../functions/pre-token-generation";
import { settingsSchema as tokenSettingsSchema } from "../../functions/pre-token-generation/settings";
import { accessSchema } from "../../functions/shared/access";
import { NEUTRAL_MESSAGE } from "../../functions/shared/trigger";
import { fakeAws } from "./fake-aws";
import { call, captureLog, cognitoEvent } from "./handlers";
import { incomplete } from "./incomplete";

const log = captureLog();
fakeAws();
const wording = { appName: "App", defaultLanguage: "en" };
const settings = (changes: PreSignUpSettings) => settingsSchema().parse(changes);

describe("AWS's own examples are settings", () => {
  const claimed = (userAttributes: object) => ({ request: { userAttributes }, response: {} });

  it.each([
    [{ email: "testuser@example.com", "custom:domain": "example.com" }, true],
    [{ email: "testuser@example.com", "custom:domain": "example.org" }, undefined],
    [{ email: "testuser@example.com" }, undefined],
    [{ "custom:domain": "example.com" }, undefined],
  ])("confirming who claims their domain: %j", async (userAttributes, autoConfirmUser) => {
    const { response } = await call(preSignUp, settings({ autoConfirm: "custom:domain" }), claimed(userAttributes));
    expect(response?.autoConfirmUser).toBe(autoConfirmUser);
  });

  it.each([
    [
      { email: "user@example.com", phone_number: "+12065550100" },
      { autoVerifyEmail: true, autoVerifyPhone: true },
    ],
    [{ email: "user@example.com" }, { autoVerifyEmail: true }],
    [{ phone_number: "+12065550100" }, { autoVerifyPhone: true }],
    [{ email: "" }, {}],
  ])("confirming and verifying everyone: %j", async (userAttributes, flags) => {
    const everyone = settings({ autoConfirm: "everyone", autoVerify: ["email", "phone_number"] });
    const { response } = await call(preSignUp, everyone, claimed(userAttributes));
    expect(response).toEqual({ autoConfirmUser: true, ...flags });
  });

  it("a minimum length of user names", async () => {
    const atLeastFive = settings({ minimumUserNameLength: 5 });
    await expect(call(preSignUp, atLeastFive, { userName: "rroe", response: {} })).rejects.toThrow(
      new Error("Cannot register users with username less than the minimum length of 5"),
    );
    expect(await call(preSignUp, atLeastFive, { userName: "rroe5", response: {} })).toEqual({
      userName: "rroe5",
      response: {},
    });
  });
});

it.each([
  ["a@registered.example", true],
  ["a@REGISTERED.example.", true],
  ["a@mail.registered.example", undefined],
  ["a@other.example", undefined],
])("confirms %s by the list of registered domains", async (email, autoConfirmUser) => {
  const registered = settings({ autoConfirm: { registeredDomains: ["Registered.Example"] } });
  const { response } = await call(preSignUp, registered, cognitoEvent({ userAttributes: { email } }));
  expect(response?.autoConfirmUser).toBe(autoConfirmUser);
});

it("holds an administrator's sign-ups to the access settings only where set so", async () => {
  const event = cognitoEvent({
    triggerSource: "PreSignUp_AdminCreateUser",
    userAttributes: { email: "a@example.com" },
  });
  const access = (appliesToAdminCreatedUsers: boolean) =>
    accessSchema().parse({ deniedDomains: ["example.com"], appliesToAdminCreatedUsers });
  expect(await call(preSignUp, { ...settings({}), access: access(false) }, event)).toEqual(event);
  await expect(call(preSignUp, { ...settings({}), access: access(true) }, event)).rejects.toThrow(
    "Users from example.com",
  );
});

describe("whatever part of an event is missing", () => {
  const access = accessSchema().parse({
    deniedDomains: ["example.com"],
    allowedDomains: ["example.org"],
  });
  const claims = tokenSettingsSchema().parse({
    idToken: { claims: { tenant: { attribute: "custom:domain" }, roles: { groups: true }, app: { clientId: true } } },
  });
  const full = {
    ...cognitoEvent({ userAttributes: { email: "a@example.org", sub: "3f0c" } }),
    request: {
      userAttributes: { email: "a@example.org", sub: "3f0c", "custom:domain": "example.org" },
      validationData: { a: "b" },
      clientMetadata: { c: "d" },
      groupConfiguration: { groupsToOverride: ["staff"], iamRolesToOverride: [], preferredRole: null },
      scopes: ["openid"],
      userNotFound: false,
    },
    response: {
      autoConfirmUser: false,
      autoVerifyEmail: false,
      autoVerifyPhone: false,
      claimsOverrideDetails: { claimsToAddOrOverride: { a: "b" }, claimsToSuppress: ["c"], groupOverrideDetails: null },
    },
  };

  const events = [{}, ...incomplete(full)];

  it.each([
    [
      "pre sign-up",
      preSignUp,
      {
        ...settings({
          autoConfirm: "custom:domain",
          autoVerify: ["email"],
          minimumUserNameLength: 3,
        }),
        access,
      },
    ],
    ["pre authentication", preAuthentication, { access }],
    ["pre token generation", preTokenGeneration, { access }],
    ["custom message", customMessage, wording],
    ["pre token generation with claims", preTokenGeneration, { ...claims, access }],
  ])("%s answers, or refuses in one sentence", async (_, handler, handlerSettings) => {
    for (const event of events) {
      const outcome = await call(handler as typeof preSignUp, handlerSettings, event).then(
        (answer) => Object.keys(answer).length,
        (error: Error) => error.message,
      );
      if (typeof outcome === "string") {
        expect(outcome).toMatch(/^(Users |Cannot register users )/);
        expect(outcome).not.toBe(NEUTRAL_MESSAGE);
      }
    }
    expect(events.length).toBeGreaterThan(30);
  });
});

describe("whatever part is missing of an event that a handler must act on", () => {
  const signInCode = { code: "123456", until: "2000000000" };
  const session = [{ challengeName: "CUSTOM_CHALLENGE", challengeResult: false, challengeMetadata: "CODE_BY_EMAIL" }];
  const codes = {
    ...customAuthSettings().parse({}),
    ...wording,
    from: "codes@example.com",
    table: "codes",
    keyArn: "key",
  };
  const records = { table: "sign-ins", keepDays: 90, onFailure: "allow" };
  const userAttributes = { sub: "3f0c", email: "ann@example.org", email_verified: "true" };

  it.each<[string, string, object, object, object]>([
    ["post confirmation", "PostConfirmation_ConfirmSignUp", postConfirmation, { group: "members" }, {}],
    ["post authentication", "PostAuthentication_Authentication", postAuthentication, records, { newDeviceUsed: true }],
    ["define", "DefineAuthChallenge_Authentication", customAuth, codes, { session }],
    ["create", "CreateAuthChallenge_Authentication", customAuth, codes, { session, challengeName: "CUSTOM_CHALLENGE" }],
    [
      "verify",
      "VerifyAuthChallengeResponse_Authentication",
      customAuth,
      codes,
      { privateChallengeParameters: signInCode, challengeAnswer: "123456" },
    ],
  ])("%s answers, or the log says which it was", async (_, triggerSource, handler, handlerSettings, request) => {
    const full = {
      ...cognitoEvent({ triggerSource }),
      request: { userAttributes, clientMetadata: { c: "d" }, userNotFound: false, ...request },
    };
    const outcomes: string[] = [];
    for (const event of [{}, ...incomplete(full)]) {
      const answer = call(handler as typeof postConfirmation, handlerSettings, event);
      outcomes.push(
        await answer.then(
          () => "answered",
          (error: Error) => error.message,
        ),
      );
    }
    const failures = outcomes.filter((outcome) => outcome !== "answered");
    expect(failures).toEqual(failures.map(() => NEUTRAL_MESSAGE));
    const told = log.lines().match(/"outcome":"failed","cause":"the event (has|asks for) no/g) ?? [];
    expect(told).toHaveLength(failures.length);
    expect(log.lines()).not.toMatch(/ann@|123456|TypeError/);
  });
});
