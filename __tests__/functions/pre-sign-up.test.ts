import { handler } from "../../functions/pre-sign-up";
import { settingsSchema } from "../../functions/pre-sign-up/settings";
import { call, captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const ANONYMOUS = settingsSchema().parse({ autoConfirm: "everyone", anonymous: true });
const response = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };

describe("anonymous sign-up", () => {
  it("confirms, never verifies, and hands the whole event back", async () => {
    const event = cognitoEvent({ response });
    expect(await call(handler, ANONYMOUS, event)).toEqual({
      ...event,
      response: { ...response, autoConfirmUser: true },
    });
  });

  it("confirms with AWS's own sparse test event", async () => {
    const event = { userName: "rroe", response: {} };
    expect(await call(handler, ANONYMOUS, event)).toEqual({
      userName: "rroe",
      response: { autoConfirmUser: true },
    });
  });

  it.each(["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"])(
    "refuses any attribute, from %s too",
    async (triggerSource) => {
      const event = cognitoEvent({
        triggerSource,
        userAttributes: { zoneinfo: "Europe/Amsterdam" },
      });
      await expect(call(handler, ANONYMOUS, event)).rejects.toThrow(
        "Sign up with a user name and a password only: nothing else is stored here",
      );
    },
  );

  it.each([
    "someone@example.org",
    "someone＠example.org",
    "@someone",
    "+31 6 1234 5678",
    "+31612345678",
    "0031-6-12345678",
    "(020) 555 1234",
    "5551234",
    "０６１２３４５６７８",
    "٠٦١٢٣٤٥٦٧٨",
    "06\u200b12345678",
  ])("refuses the user name %j, which leads back to a person", async (userName) => {
    await expect(call(handler, ANONYMOUS, cognitoEvent({ userName }))).rejects.toThrow(
      "Choose a user name that is not an email address or a phone number",
    );
  });

  it.each(["rroe", "owl-2024", "r.roe", "123456", "12345678901234567", "nachtuil", "夜梟", "+owl+"])(
    "lets the user name %j in",
    async (userName) => {
      expect((await call(handler, ANONYMOUS, cognitoEvent({ userName }))).response).toEqual({
        autoConfirmUser: true,
      });
    },
  );
});

it("confirms nobody unless set so", async () => {
  const event = cognitoEvent({ response, userAttributes: { email: "someone@example.org" } });
  expect(await call(handler, settingsSchema().parse({}), event)).toEqual(event);
});

it("logs neither name nor attribute", async () => {
  const event = cognitoEvent({
    userName: "someone@example.org",
    userAttributes: { email: "other@example.org" },
  });
  await expect(call(handler, ANONYMOUS, event)).rejects.toThrow();
  await call(handler, ANONYMOUS, cognitoEvent({ userName: "whistle-blower" }));
  expect(log.lines()).toContain('"outcome":"refused"');
  expect(log.lines()).toContain("eu-west-1_Example");
  expect(log.lines()).not.toMatch(/someone|other|example\.org|whistle/);
});
