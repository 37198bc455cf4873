import "./no-waiting";

import fc from "fast-check";
import { handler as customAuth } from "../../functions/custom-auth";
import { settingsSchema as customAuthSettings } from "../../functions/custom-auth/settings";
import { handler as email } from "../../functions/custom-email-sender";
import { settingsSchema as emailSettings } from "../../functions/custom-email-sender/settings";
import { handler as customMessage } from "../../functions/custom-message";
import { handler as sms } from "../../functions/custom-sms-sender";
import { settingsSchema as smsSettings } from "../../functions/custom-sms-sender/settings";
import { handler as postAuthentication } from "../../functions/post-authentication";
import { handler as postConfirmation } from "../../functions/post-confirmation";
import { handler as preAuthentication } from "../../functions/pre-authentication";
import { handler as preSignUp } from "../../functions/pre-sign-up";
import { settingsSchema as signUpSettings } from "../../functions/pre-sign-up/settings";
import { handler as preTokenGeneration } from "../../functions/pre-token-generation";
import { settingsSchema as tokenSettings } from "../../functions/pre-token-generation/settings";
import { accessSchema } from "../../functions/shared/access";
import { NEUTRAL_MESSAGE } from "../../functions/shared/trigger";
import { handler as userMigration } from "../../functions/user-migration";
import { settingsSchema as migrationSettings } from "../../functions/user-migration/settings";
import { encrypted, KEY_ARN, POOL } from "./encrypted";
import { fakeAws } from "./fake-aws";
import { call, captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const aws = fakeAws();
const CODE = encrypted("94815207");

/** What people, or a program of theirs, may type: every kind of character, what is no text at all, and too much. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: fc.constantFrom("\ud800", "\udc00", "\u0000", "a", "@", ".", " ", "é"), maxLength: 12 }),
  fc.emailAddress(),
  fc.constantFrom(
    "",
    " ",
    "@",
    "a@",
    "@b",
    "a@b@c",
    "__proto__",
    "constructor",
    "true",
    "True",
    "null",
    "+31",
    "xn--a",
  ),
  fc.constantFrom("x", "é").map((letter) => `${letter.repeat(2036)}@example.org`),
);

const ATTRIBUTES = [
  "email",
  "phone_number",
  "preferred_username",
  "name",
  "locale",
  "email_verified",
  "custom:domain",
  "custom:tenant",
  "__proto__",
];

const access = {
  ...accessSchema().parse({ deniedDomains: ["example.com"], allowedDomains: ["example.org"] }),
  blockListTable: "blocks",
};
const wording = { appName: "Owl", defaultLanguage: "en" };
const codes = {
  ...customAuthSettings().parse({}),
  ...wording,
  from: "codes@example.com",
  table: "codes",
  keyArn: KEY_ARN,
};
const signUp = signUpSettings().parse({
  autoConfirm: "custom:domain",
  confirmWithoutProof: true,
  autoVerify: ["email", "phone_number"],
  takeOverGuard: "skip",
  minimumUserNameLength: 3,
});
const anonymous = signUpSettings().parse({ autoConfirm: "everyone", anonymous: true });
const claims = tokenSettings().parse({
  idToken: { claims: { tenant: { attribute: "custom:tenant" }, roles: { groups: true } } },
});
const directory = migrationSettings().parse({ table: "people", attributes: { email: "mail" } });
const migration = { ...directory, recoversBy: ["email"], signIn: "username", requires: [] };
const session = [{ challengeName: "CUSTOM_CHALLENGE", challengeResult: false, challengeMetadata: "CODE_BY_EMAIL 1" }];
const challenge = { session, challengeName: "CUSTOM_CHALLENGE" };
const expected = { privateChallengeParameters: { code: "94815207", until: "9999999999", signIn: "1" } };
const mail = {
  ...emailSettings().parse({ through: { service: "ses" } }),
  ...wording,
  keyArn: KEY_ARN,
  from: "o@b.org",
};
const phone = { ...smsSettings().parse({ through: { service: "sns" } }), ...wording, keyArn: KEY_ARN };
const records = { table: "sign-ins", keepDays: 90, onFailure: "refuse" };

/** A handler, its settings, and what Cognito adds to the texts that come from a client. */
const HANDLERS: [string, unknown, object, object][] = [
  ["PreSignUp_SignUp", preSignUp, { ...signUp, access, legacyTable: "people" }, {}],
  ["PreSignUp_SignUp", preSignUp, anonymous, {}],
  ["PreSignUp_ExternalProvider", preSignUp, { ...signUp, access }, {}],
  ["PreAuthentication_Authentication", preAuthentication, { access }, {}],
  ["PostAuthentication_Authentication", postAuthentication, records, { newDeviceUsed: true }],
  ["PostConfirmation_ConfirmSignUp", postConfirmation, { group: "members" }, {}],
  ["TokenGeneration_HostedAuth", preTokenGeneration, { ...claims, access }, { groupConfiguration: {} }],
  ["DefineAuthChallenge_Authentication", customAuth, codes, { session }],
  ["CreateAuthChallenge_Authentication", customAuth, codes, challenge],
  ["CreateAuthChallenge_Authentication", customAuth, codes, { ...challenge, session: [] }],
  ["VerifyAuthChallengeResponse_Authentication", customAuth, codes, expected],
  ["UserMigration_Authentication", userMigration, migration, {}],
  ["UserMigration_ForgotPassword", userMigration, migration, {}],
  ["CustomMessage_SignUp", customMessage, wording, { codeParameter: "{####}", usernameParameter: null }],
  ["CustomMessage_UpdateUserAttribute", customMessage, { ...wording, access }, { codeParameter: "{####}" }],
  ["CustomEmailSender_SignUp", email, mail, { type: "customEmailSenderRequestV1" }],
  ["CustomEmailSender_UpdateUserAttribute", email, { ...mail, access }, { type: "customEmailSenderRequestV1" }],
  ["CustomSMSSender_SignUp", sms, phone, { type: "customSMSSenderRequestV1" }],
];

/** As Cognito takes them: a user name has 1 to 128 characters, an attribute 2048 at most. */
const typed = fc.record({
  userName: text.map((name) => name.slice(0, 128) || "rroe"),
  attributes: fc.dictionary(fc.constantFrom(...ATTRIBUTES), text, { maxKeys: 6 }),
  metadata: fc.dictionary(text, text, { maxKeys: 3 }),
  answer: text,
});

/** What DynamoDB refuses: an empty key or one that is too long, and a text without UTF-8. */
function refusedKeys(): string[] {
  const keys = aws.calls().flatMap(({ input }) => [...JSON.stringify(input).matchAll(/"S":("(?:[^"\\]|\\.)*")/g)]);
  return keys.map(([, json = ""]) => JSON.parse(json) as string).filter(isRefused);
}
const isRefused = (key: string) => key === "" || /\p{Cs}/u.test(key) || Buffer.byteLength(key) > 2048;

describe("whatever texts a client sends", () => {
  it.each(HANDLERS)("%s is answered or refused, and no service is asked what it cannot answer", async (...row) => {
    const [triggerSource, handler, settings, request] = row;
    const code = await CODE;
    aws.answer("BatchGetItem", { body: JSON.stringify({ Responses: { blocks: [] } }) });
    await fc.assert(
      fc.asyncProperty(typed, async ({ userName, attributes, metadata, answer }) => {
        aws.forget();
        const event = {
          ...cognitoEvent({ triggerSource, userName }),
          userPoolId: POOL,
          request: {
            code,
            userAttributes: Object.assign(Object.create(null), attributes, { sub: "3f0c" }),
            clientMetadata: metadata,
            validationData: metadata,
            password: answer,
            challengeAnswer: answer,
            ...request,
          },
        };
        const outcome = await call(handler as typeof preSignUp, settings, event).then(
          () => "answered",
          (error: Error) => error.message,
        );
        expect(outcome).not.toBe(NEUTRAL_MESSAGE);
        expect(refusedKeys()).toEqual([]);
      }),
      // FUZZ_RUNS=2500, with --testTimeout=600000, is a search of some minutes.
      { numRuns: Number(process.env.FUZZ_RUNS ?? 30) },
    );
    expect(log.lines()).not.toMatch(/unavailable|"outcome":"failed"/);
  });
});
