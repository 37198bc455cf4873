import { handler as email } from "../../functions/custom-email-sender";
import { settingsSchema as emailSettings } from "../../functions/custom-email-sender/settings";
import { handler as sms } from "../../functions/custom-sms-sender";
import { settingsSchema as smsSettings } from "../../functions/custom-sms-sender/settings";
import { accessSchema } from "../../functions/shared/access";
import { LANGUAGES, type Language } from "../../functions/shared/messages/languages";
import { CODE_KINDS } from "../../functions/shared/messages/words";
import { NEUTRAL_MESSAGE } from "../../functions/shared/trigger";
import { checked } from "../../lib/checked-settings";
import { encrypted, KEY_ARN, POOL } from "./encrypted";
import { fakeAws } from "./fake-aws";
import { call, captureLog, cognitoEvent } from "./handlers";
import { incomplete } from "./incomplete";

const log = captureLog();
const aws = fakeAws();
/** A code as it comes; one does for all. */
const CODE = encrypted("94815207");
/** What was sent, and not only read. */
const sent = () => aws.calls().filter(({ operation }) => !/Decrypt|GetParameter/.test(operation));
const handle = (handler: unknown, settings: object, event: object) => call(handler as typeof email, settings, event);

type Input = ReturnType<typeof aws.calls>[number]["input"];

const wording = { appName: "Owl & Co", defaultLanguage: "en" };

const SENDERS = [
  {
    name: "CustomEmailSender",
    handler: email,
    settings: {
      ...emailSettings().parse({ through: { service: "ses" } }),
      ...wording,
      keyArn: KEY_ARN,
      from: "Owl <owl@example.org>",
    },
    operation: "SendEmail",
    attribute: "email",
    /** The message that the service got. */
    read: ({ FromEmailAddress, Destination, Content: { Simple } }: Input) => ({
      from: FromEmailAddress,
      to: Destination.ToAddresses[0],
      subject: Simple.Subject.Data,
      text: Simple.Body.Html.Data,
    }),
    shown: (text: string) => text.replaceAll("&", "&#38;").replaceAll("<", "&#60;").replaceAll('"', "&#34;"),
  },
  {
    name: "CustomSMSSender",
    handler: sms,
    settings: { ...smsSettings().parse({ through: { service: "sns" } }), ...wording, keyArn: KEY_ARN },
    operation: "Publish",
    attribute: "phone_number",
    read: ({ PhoneNumber, Message }: Input) => ({ to: PhoneNumber, subject: undefined, text: Message }),
    shown: (text: string) => text,
  },
] as const;

/** What no log may hold of the user, their addresses and the code. */
const PERSONAL = /rroe|3f0c|example\.org|316|94815207/;
const ADDRESSES = { email: "rroe@example.org", phone_number: "+31612345678" };

/** As AWS's pages show it: without a response. */
function senderEvent(source: string, code: string | null, userAttributes: object = {}) {
  const { response: _, ...event } = cognitoEvent({ triggerSource: source });
  const type = source.startsWith("CustomSMS") ? "customSMSSenderRequestV1" : "customEmailSenderRequestV1";
  const attributes = { sub: "3f0c", ...ADDRESSES, "cognito:user_status": "UNCONFIRMED", ...userAttributes };
  return { ...event, userPoolId: POOL, request: { type, code, clientMetadata: null, userAttributes: attributes } };
}

/** A signed message with another last bit, which is one of its signature. */
function damaged(message: string): string {
  const bytes = Buffer.from(message, "base64");
  return Buffer.from(bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte))).toString("base64");
}

const ofSes = (code: string) => ({ headers: { "x-amzn-errortype": code } });
const ofSns = (code: string, why: string) => ({
  body: `<Error><Code>${code}</Code><Message>Invalid parameter: ${why}</Message></Error>`,
});
/** An address that a client chose, what the service says about it, and whether that is for an administrator to mend. */
const MAILS: [string, object, boolean][] = [
  ["rroe..x@example.org", ofSes("BadRequestException"), false],
  [`${"r".repeat(65)}@example.org`, ofSes("BadRequestException"), false],
  [`rroe@${"e".repeat(64)}.org`, ofSes("BadRequestException"), false],
  [`rroe@${"example.".repeat(32)}org`, ofSes("BadRequestException"), false],
  ["rroe@-example.org", ofSes("BadRequestException:"), false],
  ["rroe@example.org", ofSes("BadRequestException"), true],
  ["rroe..x@example.org", ofSes("MessageRejected"), true],
  ["rroe..x@example.org", ofSes("TooManyRequestsException"), true],
];
const NUMBERS: [string, object, boolean][] = [
  ["+31699999999999", ofSns("InvalidParameter", "PhoneNumber Reason: +316 is not valid to publish to"), false],
  ["+31612345678", ofSns("InvalidParameter", "Phone number is opted out"), false],
  ["+31612345678", ofSns("InvalidParameter", "TopicArn"), true],
  ["+31612345678", ofSns("AuthorizationError", "PhoneNumber"), true],
];

describe.each(SENDERS)("$name", ({ name, handler, settings, operation, attribute, read, shown }) => {
  const message = () => read(aws.calls(operation)[0]?.input);

  const languages = Object.keys(LANGUAGES) as Language[];
  const messages = CODE_KINDS.map((kind, index) => [kind, languages[index % languages.length] ?? "en"] as const);

  it.each(messages)("sends %s with the code that was decrypted, to somebody who reads %s", async (kind, language) => {
    const event = senderEvent(`${name}_${kind}`, await CODE, { locale: language });
    expect(await handle(handler, settings, event)).toEqual(event);
    expect(sent()).toHaveLength(1);
    const { to, subject, text } = message();
    expect(to).toBe(ADDRESSES[attribute]);
    expect(text).toContain("94815207");
    expect(text).not.toContain("{");
    const words = LANGUAGES[language][kind];
    const filled = (template: string) =>
      template.replace("{app}", "Owl & Co").replace("{####}", "94815207").replace("{username}", "rroe");
    if (name === "CustomEmailSender") expect(subject).toBe(filled(words.subject));
    else expect(text).toBe(filled(words.sms));
  });

  describe("in a pool with access", () => {
    const access = { ...accessSchema().parse({ deniedDomains: ["example.org"] }), blockListTable: "blocks" };
    const CHANGES: readonly string[] = ["UpdateUserAttribute", "VerifyUserAttribute"];
    const blocked = (...entries: string[]) =>
      aws.answer("BatchGetItem", {
        body: JSON.stringify({ Responses: { blocks: entries.map((entry) => ({ entry: { S: entry } })) } }),
      });
    const deliveries = () => aws.calls(operation).length;

    it.each(CHANGES)("sends no code of %s to an address that is kept out, and does not try again", async (kind) => {
      const event = senderEvent(`${name}_${kind}`, await CODE);
      expect(await handle(handler, { ...settings, access }, event)).toEqual(event);
      expect(deliveries()).toBe(0);
      expect(log.lines()).toContain('"sender":"not sent","reason":"access keeps the new address out"');
      expect(log.lines()).not.toMatch(PERSONAL);
    });

    it.each(["user:rroe@example.org", "user:+31612345678", "user:3f0c"])("sends none to %s", async (entry) => {
      blocked(entry);
      const event = senderEvent(`${name}_UpdateUserAttribute`, await CODE);
      await handle(handler, { ...settings, access: { ...access, deniedDomains: [] } }, event);
      expect(deliveries()).toBe(0);
    });

    it("tries again where the block list cannot be read", async () => {
      aws.fail("BatchGetItem", "ThrottlingException");
      const event = senderEvent(`${name}_UpdateUserAttribute`, await CODE);
      const open = { ...access, deniedDomains: [] };
      await expect(handle(handler, { ...settings, access: open }, event)).rejects.toThrow(NEUTRAL_MESSAGE);
      expect(deliveries()).toBe(0);
    });

    it.each(CODE_KINDS.filter((kind) => !CHANGES.includes(kind)))("sends %s as ever", async (kind) => {
      await handle(handler, { ...settings, access }, senderEvent(`${name}_${kind}`, await CODE));
      expect(deliveries()).toBe(1);
    });
  });

  it("sends a code that is signed, as Cognito's are", async () => {
    await handle(handler, settings, senderEvent(`${name}_SignUp`, await encrypted("94815207", { signed: true })));
    expect(message().text).toContain("94815207");
  });

  it("unescapes a temporary password, once", async () => {
    const event = senderEvent(`${name}_AdminCreateUser`, await encrypted("a&amp;lt;b&lt;c&quot;"));
    await handle(handler, settings, event);
    expect(message().text).toContain(shown('a&lt;b<c"'));
  });

  it.each(CODE_KINDS.filter((kind) => kind !== "AdminCreateUser"))("leaves the code of %s as it is", async (kind) => {
    await handle(handler, settings, senderEvent(`${name}_${kind}`, await encrypted("a&lt;b&#38;")));
    expect(message().text).toContain(shown("a&lt;b&#38;"));
  });

  it("shows the address for a user name that Cognito made up", async () => {
    const event = { ...senderEvent(`${name}_AdminCreateUser`, await encrypted("Pa55")), userName: "3f0c" };
    await handle(handler, settings, event);
    const { text } = message();
    expect(text).toContain(`: ${ADDRESSES[attribute]}`);
    expect(text).not.toContain("3f0c");
  });

  it.each([
    ["is bound to another pool", () => encrypted("94815207", { pool: "eu-west-1_Other" }), "another pool's"],
    [
      "was made by another key",
      () => encrypted("94815207", { keyArn: KEY_ARN.replace(/.$/, "1") }),
      "has not been set",
    ],
    ["has a wrong signature", async () => damaged(await encrypted("94815207", { signed: true })), ""],
    ["is garbage", async () => Buffer.from("94815207").toString("base64"), ""],
    ["is missing", async () => null, "the event holds no code"],
  ])("sends nothing and fails where the code %s", async (_, code, cause) => {
    await expect(handle(handler, settings, senderEvent(`${name}_SignUp`, await code()))).rejects.toThrow(
      NEUTRAL_MESSAGE,
    );
    expect(sent()).toEqual([]);
    expect(log.lines()).toContain('"outcome":"failed"');
    expect(log.lines()).toContain(cause);
    expect(log.lines()).not.toContain("94815207");
  });

  it("asks KMS with the context that the message is bound to", async () => {
    await handle(handler, settings, senderEvent(`${name}_SignUp`, await CODE));
    expect(aws.calls("Decrypt")[0]?.input).toEqual({
      KeyId: KEY_ARN,
      CiphertextBlob: expect.any(String),
      EncryptionContext: expect.objectContaining({ "userpool-id": POOL }),
    });
  });

  it("says in the log why KMS refused", async () => {
    aws.fail("Decrypt", "AccessDeniedException");
    const event = senderEvent(`${name}_SignUp`, await CODE);
    await expect(handle(handler, settings, event)).rejects.toThrow(NEUTRAL_MESSAGE);
    expect(log.lines()).toContain("KMS does not decrypt: AccessDeniedException");
  });

  it("fails, so that Lambda tries again, where the service refuses", async () => {
    aws.answer(operation, {
      status: 400,
      body: "<Error><Code>Throttled</Code><Message>rroe@example.org</Message></Error>",
    });
    const event = senderEvent(`${name}_SignUp`, await CODE);
    await expect(handle(handler, settings, event)).rejects.toThrow(NEUTRAL_MESSAGE);
    expect(log.lines()).toContain('"outcome":"failed"');
    expect(log.lines()).not.toMatch(PERSONAL);
  });

  it.each(name === "CustomSMSSender" ? NUMBERS : MAILS)(
    "where the service refuses %s with %s, fails: %s",
    async (address, refusal, fails) => {
      aws.answer(operation, { status: 400, ...refusal });
      const handled = handle(handler, settings, senderEvent(`${name}_SignUp`, await CODE, { [attribute]: address }));
      if (fails) await expect(handled).rejects.toThrow(NEUTRAL_MESSAGE);
      else await handled;
      expect(log.lines()).toContain(fails ? '"outcome":"failed"' : '"sender":"not sent"');
      expect(log.lines()).not.toMatch(PERSONAL);
    },
  );

  it.each(["", null, undefined])("gives up on somebody whose address is %j, and says so", async (address) => {
    const event = senderEvent(`${name}_SignUp`, await CODE, { [attribute]: address });
    await handle(handler, settings, { ...event, userName: "rroe@example.org" });
    expect(sent()).toEqual([]);
    expect(log.lines()).toContain('"sender":"not sent"');
    expect(log.lines()).not.toMatch(PERSONAL);
  });

  it("logs nothing personal if the event has no trigger source", async () => {
    const event = senderEvent(`${name}_SignUp`, await CODE);
    await handle(handler, settings, { ...event, triggerSource: undefined });
    expect(sent()).toEqual([]);
    expect(log.lines()).toContain('"sender":"not sent","reason":"no trigger source"');
    expect(log.lines()).not.toMatch(PERSONAL);
  });

  it("logs neither name nor attribute nor code", async () => {
    await handle(handler, settings, senderEvent(`${name}_SignUp`, await CODE));
    expect(log.lines()).toContain('"outcome":"allowed"');
    expect(log.lines()).not.toMatch(/rroe|example\.org|316|94815207|Owl/);
  });

  it("sends, gives up or fails by design, whatever part of an event is missing", async () => {
    const full = senderEvent(`${name}_AdminCreateUser`, await CODE);
    let messages = 0;
    for (const event of [{}, ...incomplete(full)]) {
      await handle(handler, settings, event).catch((error: Error) => expect(error.message).toBe(NEUTRAL_MESSAGE));
      messages += sent().length;
      aws.forget();
    }
    expect(messages).toBeGreaterThan(10);
    const causes = new Set([...log.lines().matchAll(/"cause":"([^"]*)"/g)].map(([, cause]) => cause));
    expect([...causes].sort()).toEqual(["the code is another pool's", "the event holds no code"]);
  });
});

describe("an address outside ASCII, which SES does not take", () => {
  const [{ handler, settings, read }] = SENDERS;
  const mailTo = async (email: string) =>
    handle(handler, settings, senderEvent("CustomEmailSender_SignUp", await CODE, { email }));

  it.each([
    ["rroe@bücher.example", "rroe@xn--bcher-kva.example"],
    ["rroe+tag@BÜCHER。example", "rroe+tag@xn--bcher-kva.example"],
  ])("is mailed to where its domain has a spelling in ASCII: %s", async (email, to) => {
    await mailTo(email);
    expect(read(aws.calls("SendEmail")[0]?.input).to).toBe(to);
  });

  it("is given up where the part before the @ has other letters, and rings no alarm", async () => {
    await mailTo("rröe@example.org");
    expect(sent()).toEqual([]);
    expect(log.lines()).toContain('"cause":"NotAscii"');
  });
});

it("mails as the sender that is set, and cannot without one", async () => {
  const [{ settings, read, operation }] = SENDERS;
  await handle(email, settings, senderEvent("CustomEmailSender_SignUp", await CODE));
  expect(read(aws.calls(operation)[0]?.input).from).toBe("Owl <owl@example.org>");
  const event = senderEvent("CustomEmailSender_SignUp", await CODE);
  await expect(handle(email, { ...settings, from: undefined }, event)).rejects.toThrow(NEUTRAL_MESSAGE);
  expect(log.lines()).toContain("there is no sender to send from");
});

it("sends text messages as urgent ones", async () => {
  await handle(sms, SENDERS[1].settings, senderEvent("CustomSMSSender_SignUp", await CODE));
  expect(aws.calls("Publish")[0]?.input).toMatchObject({
    "MessageAttributes.entry.1.Name": "AWS.SNS.SMS.SMSType",
    "MessageAttributes.entry.1.Value.StringValue": "Transactional",
  });
});

describe("threat protection's notification", () => {
  const signIn = {
    EVENT_ID: "e-1",
    USER_NAME: "rroe",
    IP_ADDRESS: "192.0.2.1",
    ACCOUNT_TAKE_OVER_ACTION: "NO_ACTION",
    ONE_CLICK_LINK_VALID: "https://idp.example/valid?token=feedback",
    ONE_CLICK_LINK_INVALID: "https://idp.example/invalid?token=feedback",
    LOGIN_TIME: "2026-01-01T00:00:00Z",
    FEEDBACK_TOKEN: "feedback",
    CITY: "Utrecht",
    COUNTRY: "<Netherlands>",
    DEVICE_NAME: "Visit https://evil.example",
  };
  const [{ settings, read, operation }] = SENDERS;
  const notification = (attributes: object, userName = "rroe") => ({
    ...senderEvent("CustomEmailSender_AccountTakeOverNotification", null),
    userName,
    request: { type: "customEmailSenderRequestV1", code: null, clientMetadata: null, userAttributes: attributes },
  });

  it("says when and where, without links, token or what the visitor calls their device", async () => {
    await handle(email, settings, notification({ ...signIn, email: "rroe@example.org", locale: "nl" }));
    const { to, text } = read(aws.calls(operation)[0]?.input);
    expect(to).toBe("rroe@example.org");
    expect(text).toContain("<p>Tijd: 2026-01-01T00:00:00Z</p>");
    expect(text).toContain("<p>Plaats: Utrecht, &#60;Netherlands&#62;</p>");
    expect(text).toContain("<p>IP-adres: 192.0.2.1</p>");
    expect(text).not.toMatch(/https?:|feedback|evil|href/);
    expect(aws.calls("Decrypt")).toEqual([]);
  });

  it("goes to the user name where that is the only address", async () => {
    await handle(email, settings, notification(signIn, "rroe@example.org"));
    expect(read(aws.calls(operation)[0]?.input).to).toBe("rroe@example.org");
  });

  it("is not sent if there is no address", async () => {
    await handle(email, settings, notification(signIn));
    expect(sent()).toEqual([]);
    expect(log.lines()).toContain('"sender":"not sent"');
  });
});

describe("the settings", () => {
  const url = "https://hooks.example.org/cognito?pool=1";
  const secretParameter = "/identity/prod/webhook-secret";
  const check = (through: unknown, schema = emailSettings) =>
    checked(schema() as ReturnType<typeof emailSettings>, { through }, "sender").through;

  it.each([
    [{ service: "ses" }],
    [{ webhook: { url, secretParameter } }],
    [{ webhook: { url: "http://localhost:8080/", secretParameter } }],
  ])("take %j", (through) => expect(check(through)).toEqual(through));

  const either = 'must be { service: "ses" } or { webhook: { url, secretParameter } }.';
  const address = "must be an https address without a password, or http on localhost.";
  const parameter = 'must be the name of an SSM parameter that starts with "/".';

  it.each([
    [undefined, `sender.through is missing: it ${either}`],
    ["ses", `sender.through is "ses", but it ${either}`],
    [{ service: "sns" }, `sender.through is {"service":"sns"}, but it ${either}`],
    [{ service: "ses", webhook: { url, secretParameter } }, either],
    [{ webhook: { url } }, either],
    [{ webhook: { secretParameter } }, either],
    [{ webhook: { url: "http://hooks.example.org/", secretParameter } }, address],
    [{ webhook: { url: "http://localhost.example.org/", secretParameter } }, address],
    [{ webhook: { url: "https://user:secret@hooks.example.org/", secretParameter } }, address],
    [{ webhook: { url: "hooks.example.org", secretParameter } }, address],
    [{ webhook: { url, secretParameter: "webhook-secret" } }, parameter],
    [{ webhook: { url, secretParameter: "/" } }, parameter],
    [{ webhook: { url, secretParameter: "/identity/*" } }, parameter],
    [
      { webhook: { url, secretParameter, secret: "whsec_" } },
      'sender.through.webhook has no setting "secret"; allowed',
    ],
  ])("refuse %j, in one sentence", (through, sentence) => {
    expect(() => check(through)).toThrow(sentence);
  });

  it("name SNS to the sender of text messages", () => {
    expect(() => check({ service: "ses" }, smsSettings as never)).toThrow('must be { service: "sns" } or');
  });
});
