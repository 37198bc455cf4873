import type { PoolConfig } from "../../contract/pools";
import { cardsOf } from "../../web/cards";
import { explain, type FailedAt, Mistake } from "../../web/problem";
import { ALIAS_POOL, ANONYMOUS_POOL, EMAIL_POOL } from "../pools";

const named = (name: string, message = "") => Object.assign(new Error(message), { name });
const at = (pool: PoolConfig, step: FailedAt["step"] = "signUp"): FailedAt => {
  const [card] = cardsOf({ pools: { pool } });
  if (!card) throw new Error("There is a card for each pool.");
  return { card, step };
};
const verified = at(EMAIL_POOL);
const anonymous = at(ANONYMOUS_POOL);
const members = at(ALIAS_POOL);
const refused = (words: string) => named("UserLambdaValidationException", `PreSignUp failed with error ${words}.`);

describe("what a trigger refuses", () => {
  it.each([
    ["Users from example.com are no longer allowed to log in", "name"],
    ["Users from example.net are not allowed to sign up [domain-not-allowed]", "name"],
    ["This address or phone number cannot be used [address-taken]", "name"],
    ["Write the email address in lower case [address-refused]", "name"],
    ["Cannot register users with username less than the minimum length of 5", "name"],
    ["Choose a user name that is not an email address or a phone number [username-refused]", "name"],
    ["This user is no longer allowed to log in [user-blocked]", undefined],
    ["Sign up with a user name and a password only: nothing else is stored here [attributes-refused]", undefined],
    ["Something went wrong, please try again later", undefined],
    ["<b>Anything</b> [else]", undefined],
  ])("%s: is said at %s", (words, field) => {
    const { text, ...where } = explain(refused(words), verified);
    expect(text).toBe(`${words.replace(/ \[[a-z]+-[a-z-]+\]$/, "")}.`);
    expect(where.field).toBe(field);
  });
});

it.each<[string, FailedAt, string]>([
  ["Users from example.com are no longer allowed to log in", members, "email"],
  ["This address or phone number cannot be used [address-taken]", members, "email"],
  ["Users from example.com are no longer allowed to log in", at(ALIAS_POOL, "signIn"), "name"],
  [
    "This address or phone number cannot be used [address-taken]",
    at({ ...ALIAS_POOL, verifies: ["phone_number"] }),
    "phone_number",
  ],
  ["Cannot register users with username less than the minimum length of 5", members, "name"],
])("%s: is said at the field for it, where people choose a user name", (words, where, field) => {
  expect(explain(refused(words), where).field).toBe(field);
});

it.each([
  [
    "PreSignUp failed with error Users from example.com are no longer allowed to sign up.",
    "Users from example.com are no longer allowed to sign up.",
  ],
  ["access_denied", "The sign-in there did not work: access_denied."],
])("explains what a hosted sign-in sends back: %s", (message, text) => {
  expect(explain(named("HostedSignInError", message), at(EMAIL_POOL, "signIn")).text).toBe(text);
});

describe("what Cognito says", () => {
  it.each<[string, string, FailedAt, object]>([
    ["CodeMismatchException", "", verified, { field: "code", text: expect.stringContaining("not right") }],
    ["ExpiredCodeException", "", verified, { field: "code", text: expect.stringContaining("another one") }],
    ...(["appCode", "firstApp", "newApp"] as const).flatMap((step): [string, string, FailedAt, object][] => {
      const where: FailedAt = { ...verified, step };
      const wrong = { field: "code", text: "This code is not right. Type the six digits that the app shows now." };
      const used = { field: "code", text: "This code was used already. Wait until the app shows another one." };
      return [
        ["CodeMismatchException", "Invalid code received for user", where, wrong],
        ["EnableSoftwareTokenMFAException", "Code mismatch", where, wrong],
        ["ExpiredCodeException", "Your software token has already been used once.", where, used],
        ["TooManyRequestsException", "", where, { text: expect.stringContaining("quarter of an hour") }],
      ];
    }),
    ...(["appCode", "firstApp"] as const).map((step): [string, string, FailedAt, object] => [
      "NotAuthorizedException",
      "Invalid session for the user, session is expired.",
      { ...verified, step },
      { step: "signIn", text: "This sign-in is over. Start it again." },
    ]),
    ["UsernameExistsException", "", anonymous, { field: "name", text: expect.stringContaining("taken") }],
    ["NotAuthorizedException", "", { ...anonymous, step: "signIn" }, { field: "password" }],
    ["UserNotFoundException", "", { ...anonymous, step: "signIn" }, { field: "password" }],
    [
      "NotAuthorizedException",
      "User is disabled.",
      { ...verified, step: "signIn" },
      { text: "This account is switched off." },
    ],
    ["NotAuthorizedException", "", { ...verified, step: "confirm" }, { field: "code" }],
    ["NotAuthorizedException", "", at({ ...EMAIL_POOL, oneTimeCode: true }, "answer"), { step: "askCode" }],
    ["NotAuthorizedException", "", at({ ...EMAIL_POOL, authFlows: ["custom"] }, "answer"), { step: "signIn" }],
    ["UserNotConfirmedException", "", verified, { step: "confirm" }],
    ["PasswordResetRequiredException", "", verified, { step: "reset" }],
    ["LimitExceededException", "", verified, { text: expect.stringContaining("Wait a quarter of an hour") }],
    ["NetworkError", "", verified, { text: expect.stringContaining("cannot be reached") }],
    [
      "UnexpectedLambdaException",
      "Socket timeout",
      verified,
      { text: expect.stringContaining("function of this user pool failed") },
    ],
    [
      "InvalidPasswordException",
      "Password did not conform with policy: Password must have symbol characters",
      verified,
      { field: "password", text: "Password must have symbol characters." },
    ],
    [
      "InvalidPasswordException",
      "Password did not conform with policy: Password not long enough",
      verified,
      { field: "password", text: expect.stringContaining("at least 12 characters") },
    ],
    ["InvalidParameterException", "Username should be an email.", verified, { field: "name" }],
    ["InvalidParameterException", "Value at 'username' failed to satisfy constraint", anonymous, { field: "name" }],
    [
      "InvalidParameterException",
      "Username cannot be of email format, since user pool is configured for email alias.",
      members,
      { field: "name", text: "Choose a user name that is not an email address or a phone number." },
    ],
    ["InvalidParameterException", "Invalid phone number format.", members, { field: "phone_number" }],
    ["InvalidParameterException", "Invalid email address format.", members, { field: "email" }],
    [
      "UserNotConfirmedException",
      "",
      { ...anonymous, step: "signIn" },
      { step: undefined, text: expect.stringContaining("administrator") },
    ],
    ["InvalidParameterException", "Value at 'password' failed to satisfy constraint", verified, { field: "password" }],
  ])("%s %s", (name, message, where, problem) => {
    expect(explain(named(name, message), where)).toMatchObject(problem);
  });

  it("is shown unchanged if the error is unknown", () => {
    expect(explain(named("NewException", "Something <new>"), verified)).toEqual({
      text: "That did not work: Something <new>.",
    });
    expect(explain("no error at all", verified).text).toMatch(/^That did not work/);
  });

  it("has the same text for an unknown user and for a wrong password", () => {
    const where: FailedAt = { ...verified, step: "signIn" };
    expect(explain(named("UserNotFoundException"), where)).toEqual(
      explain(named("NotAuthorizedException", "Incorrect username or password."), where),
    );
  });
});

it("shows a mistake that the page found itself", () => {
  expect(explain(new Mistake("code", "A code has six digits."), verified)).toEqual({
    text: "A code has six digits.",
    field: "code",
  });
});
