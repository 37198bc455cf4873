import { handler } from "../../functions/pre-sign-up";
import { settingsSchema } from "../../functions/pre-sign-up/settings";
import { fakeAws } from "./fake-aws";
import { call, captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const aws = fakeAws();
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
    "6\ufe0f\u20e3".repeat(8),
    "0612345678".replace(/./g, "$&\u20e3"),
    "0612345678".replace(/./g, "$&\u0335"),
    "⓪⑥①②③④⑤⑥⑦⑧",
    "❶❷❸❹❺❻❼❽",
    "⓿➏➊➋➌➍➎➏➐➑",
    "⑴⑵⑶⑷⑸⑹⑺",
    "𝟎𝟔𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
    "🯰🯶🯱🯲🯳🯴🯵🯶🯷🯸",
    "०६१२३४५६७८",
    "〇六一二三四五六七八",
    "0612345678\u3164",
    "06\u034f12345678",
    "06\u280012345678",
    "06.12.34.56.78",
    "tel:+31612345678",
    "TEL:0612345678",
    "ｔｅｌ：０６１２３４５６７８",
    "tel:+31-6-12345678;ext=12",
    "sms:+31612345678",
    "whatsapp0612345678",
    "phone-0612345678",
    "+31612345678x12",
    "+31612345678#12",
    "壹貳叁肆伍陸柒捌",
    "https://wa.me/31612345678",
    "WA.me/+31612345678",
    "sms:+31612345678?body=hi",
    "https://wa.me/31612345678?text=hi",
    "whatsapp://send?phone=31612345678",
    "https://api.whatsapp.com/send?phone=31612345678",
    "t.me/+31612345678",
    "signal.me/#p/+31612345678",
    "skype:0612345678?call",
    "+31612345678+31687654321",
    "0612345678/0687654321",
    "0612345678, 0687654321",
    "someone&#64;example.org",
    "someone&#64example.org",
    "someone&#x40 example.org",
    "someone&#x40;example.org",
    "someone&commat;example.org",
    "mailto:someone@example.org",
    "mailto:someone%40example.org",
    "sip:someone@example.org",
    "someone﹫example.org",
    "so\u034fmeone@example.org",
    "𝐬𝐨𝐦𝐞𝐨𝐧𝐞＠𝐞𝐱𝐚𝐦𝐩𝐥𝐞.𝐨𝐫𝐠",
  ])("refuses the user name %j, which leads back to a person", async (userName) => {
    await expect(call(handler, ANONYMOUS, cognitoEvent({ userName }))).rejects.toThrow(
      "Choose a user name that is not an email address or a phone number",
    );
  });

  it.each([
    "rroe",
    "owl-2024",
    "r.roe",
    "123456",
    "12345678901234567",
    "nachtuil",
    "夜梟",
    "+owl+",
    "tel:owl",
    "telephone",
    "owl:2024",
    "x1234567",
    "①②③",
    "someone(at)example.org",
    "owl&64;night",
    "owl/1234567",
    "owl=night",
    "12/34/56",
    "wa.me/owl",
  ])("lets the user name %j in", async (userName) => {
    expect((await call(handler, ANONYMOUS, cognitoEvent({ userName }))).response).toEqual({
      autoConfirmUser: true,
    });
  });
});

describe("the minimum length of a user name", () => {
  const settings = settingsSchema().parse({ minimumUserNameLength: 3 });

  it.each(["abc", "été", "e\u0301te\u0301", "夜梟だ", "👩‍👩‍👧🦉👋🏽"])(
    "lets %j in, which people count as three",
    async (userName) => {
      await call(handler, settings, cognitoEvent({ userName }));
    },
  );

  it.each(["ab", "é\u0301", "e\u0301\u0301t", "a\u200b\u200bb", "a\u3164\u115fb", "a\ufe0f\ufe0fb", "👩‍👩‍👧🦉", ""])(
    "refuses %j, however many characters it is made of",
    async (userName) => {
      await expect(call(handler, settings, cognitoEvent({ userName }))).rejects.toThrow("minimum length of 3");
    },
  );
});

it("confirms nobody by default", async () => {
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

it.each([
  [
    "a trusted domain",
    { registeredDomains: ["example.org"] },
    "a@example.org",
    { autoConfirmUser: true, autoVerifyEmail: true },
  ],
  ["another domain", { registeredDomains: ["example.org"] }, "a@example.net", {}],
  ["a claimed domain that is another", "custom:domain", "a@example.net", {}],
  ["any domain, where nobody is confirmed", "nobody", "a@example.net", { autoVerifyEmail: true }],
] as const)("marks an address as verified by its domain: %s", async (_, autoConfirm, email, expected) => {
  const settings = settingsSchema().parse({ autoConfirm, autoVerify: ["email"] });
  const userAttributes = { email, "custom:domain": "example.org" };
  expect((await call(handler, settings, cognitoEvent({ userAttributes }))).response).toEqual(expected);
});

describe("a pool that people are migrated to", () => {
  const SETTINGS = { ...settingsSchema().parse({}), legacyTable: "legacy-people" };
  const signUp = (userName: string, userAttributes: Record<string, string> = {}, triggerSource = "PreSignUp_SignUp") =>
    call(handler, SETTINGS, cognitoEvent({ userName, userAttributes, triggerSource }));
  const TAKEN = "This address or phone number cannot be used [address-taken]";
  beforeEach(() => {
    for (const name of ["rroe", "rroe@example.org", "+31612345678"]) aws.put({ userName: { S: name } });
  });

  it.each<[string, Record<string, string>]>([
    ["rroe", {}],
    ["RRoe", {}],
    ["RROE@Example.org", { email: "RROE@Example.org" }],
    ["0f3c2b1a-0000-4000-8000-000000000000", { email: "rroe@example.org" }],
    ["jane", { phone_number: "+31612345678" }],
    ["jane", { preferred_username: "rroe" }],
  ])("refuses %s %j: the directory holds that name, and its owner could not migrate any more", async (name, has) => {
    await expect(signUp(name, has)).rejects.toThrow(TAKEN);
    await expect(signUp(name, has, "PreSignUp_ExternalProvider")).rejects.toThrow(TAKEN);
    expect(log.lines()).not.toMatch(/rroe|example\.org|316/i);
  });

  it("lets others sign up, after as many reads", async () => {
    await signUp("jane", { email: "jane@example.org" });
    const reads = aws.calls("GetItem").length;
    aws.forget();
    await expect(signUp("rroe", { email: "rroe@example.org" })).rejects.toThrow(TAKEN);
    expect([reads, aws.calls("GetItem").length]).toEqual([2, 2]);
  });

  it("lets an administrator create a user for somebody of the directory", async () => {
    await signUp("rroe", {}, "PreSignUp_AdminCreateUser");
    expect(aws.calls()).toEqual([]);
  });

  it("refuses everybody while the directory cannot be read, and says no more than that", async () => {
    aws.fail("GetItem", "ProvisionedThroughputExceededException");
    await expect(signUp("jane")).rejects.toThrow("Something went wrong, please try again later");
    expect(log.lines()).toContain('"legacyDirectory":"unavailable","cause":"ProvisionedThroughputExceededException"');
  });

  it("counts an address that is too long for the directory as one that it does not hold", async () => {
    await signUp("jane", { email: `${"\u{1f600}".repeat(600)}@example.org` });
    expect(aws.calls("GetItem")).toHaveLength(1);
  });
});

it("reads no directory in a pool without user migration", async () => {
  await call(handler, settingsSchema().parse({}), cognitoEvent());
  expect(aws.calls()).toEqual([]);
});
