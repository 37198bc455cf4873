import { handler } from "../../functions/post-confirmation";
import { settingsSchema } from "../../functions/post-confirmation/settings";
import { NEUTRAL_MESSAGE } from "../../functions/shared/trigger";
import { fakeAws } from "./fake-aws";
import { call, captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const aws = fakeAws();
const SETTINGS = { group: "members" };
const confirmed = (changes: object = {}) => ({
  ...cognitoEvent({ triggerSource: "PostConfirmation_ConfirmSignUp" }),
  ...changes,
});

it.each([
  ["PostConfirmation_ConfirmSignUp", {}],
  ["PostConfirmation_ConfirmSignUp", { afterPasswordReset: false }],
  ["PostConfirmation_ConfirmForgotPassword", { afterPasswordReset: true }],
])("puts the user into the group of their own pool, after %s with %j", async (triggerSource, changes) => {
  const event = confirmed({ triggerSource });
  expect(await call(handler, { ...SETTINGS, ...changes }, event)).toEqual(event);
  const input = { UserPoolId: "eu-west-1_Example", Username: "rroe", GroupName: "members" };
  expect(aws.calls()).toMatchObject([{ operation: "AdminAddUserToGroup", input }]);
});

it.each([{}, { afterPasswordReset: false }])(
  "lets nobody who was taken out of the group come back by a password reset, with %j",
  async (changes) => {
    const event = confirmed({ triggerSource: "PostConfirmation_ConfirmForgotPassword" });
    expect(await call(handler, { ...SETTINGS, ...changes }, event)).toEqual(event);
    expect(aws.calls()).toEqual([]);
  },
);

it.each([
  ["userName", { userName: undefined }],
  ["userName", { userName: null }],
  ["userName", { userName: "" }],
  ["userPoolId", { userPoolId: undefined }],
])("adds nobody when the event has no %s, and says so in the log", async (part, changes) => {
  await expect(call(handler, SETTINGS, confirmed(changes))).rejects.toThrow(new Error(NEUTRAL_MESSAGE));
  expect(log.lines()).toContain(`the event has no ${part}`);
  expect(aws.calls()).toEqual([]);
});

it.each(["ResourceNotFoundException", "TooManyRequestsException"])(
  "answers %s with the neutral sentence, and logs nothing of the user",
  async (code) => {
    aws.fail("AdminAddUserToGroup", code);
    await expect(call(handler, SETTINGS, confirmed())).rejects.toThrow(new Error(NEUTRAL_MESSAGE));
    expect(log.lines()).toContain("AdminAddUserToGroup failed");
    expect(log.lines()).not.toMatch(/rroe|ann@/);
  },
);

it.each(["members", "Ä-team_2", "a".repeat(128)])("takes %j for the name of a group", (group) => {
  expect(settingsSchema().parse({ group })).toEqual({ group, afterPasswordReset: false });
});

it.each(["", "two words", "a\nb", "a".repeat(129), undefined])("does not take %j for one", (group) => {
  expect(settingsSchema().safeParse({ group }).success).toBe(false);
});
