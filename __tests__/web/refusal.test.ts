import { REFUSAL_CODES } from "../../contract/refusals";
import { UserFacingError } from "../../functions/shared/errors";
import { parseRefusal } from "../../web/refusal";

it.each([
  [
    "PreAuthentication failed with error Users from example.com are no longer allowed to log in.",
    {
      trigger: "PreAuthentication",
      text: "Users from example.com are no longer allowed to log in",
      code: "domain-denied",
    },
  ],
  [
    "PreSignUp failed with error Cannot register users with username less than the minimum length of 5.",
    {
      trigger: "PreSignUp",
      text: "Cannot register users with username less than the minimum length of 5",
      code: "username-too-short",
    },
  ],
  [
    "PreTokenGeneration failed with error This user is no longer allowed to log in [user-blocked].",
    {
      trigger: "PreTokenGeneration",
      text: "This user is no longer allowed to log in",
      code: "user-blocked",
    },
  ],
  ["PreSignUp failed with error Another [thing].", { trigger: "PreSignUp", text: "Another [thing]" }],
  ["PreSignUp failed with error .", { trigger: "PreSignUp", text: "" }],
  ["PreSignUp failed with error Two.\nLines..", { trigger: "PreSignUp", text: "Two.\nLines." }],
  [
    "PreSignUp failed with error <img src=x onerror=alert(1)>.",
    { trigger: "PreSignUp", text: "<img src=x onerror=alert(1)>" },
  ],
])("reads %j", (message, refusal) => {
  expect(parseRefusal(message)).toEqual(refusal);
});

it.each(["Incorrect username or password.", "PreSignUp invocation failed due to error AccessDeniedException.", ""])(
  "leaves %j alone",
  (message) => {
    expect(parseRefusal(message)).toBeUndefined();
  },
);

it.each(REFUSAL_CODES)("finds the code %s in the messages of the functions", (code) => {
  const { message } = new UserFacingError(code, "Some words");
  expect(parseRefusal(`PreSignUp failed with error ${message}.`)).toEqual({
    trigger: "PreSignUp",
    text: "Some words",
    code,
  });
});

it.each([
  ["domain-denied", "Users from example.com are no longer allowed to log in"],
  ["username-too-short", "Cannot register users with username less than the minimum length of 5"],
] as const)("leaves the fixed sentence of %s exact", (code, text) => {
  expect(new UserFacingError(code, text).message).toBe(text);
});
