import { webcrypto } from "node:crypto";
import { handler as email } from "../../functions/custom-email-sender";
import { handler as sms } from "../../functions/custom-sms-sender";
import { NEUTRAL_MESSAGE } from "../../functions/shared/trigger";
import { encrypted, KEY_ARN, POOL } from "./encrypted";
import { fakeAws } from "./fake-aws";
import { call, captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const aws = fakeAws();
let parameters = 0;

// Another parameter each time, since a process keeps the secrets that it read.
const settingsFor = (secretParameter = `/try/${++parameters}`, path = "/hook") => ({
  defaultLanguage: "en",
  appName: "Owl & Co",
  keyArn: KEY_ARN,
  through: { webhook: { url: `${aws.address()}${path}`, secretParameter } },
});

/** A code as it comes; where one message is another than the next, so is its code. */
const CODE = encrypted("94815207");

async function eventOf(triggerSource: string, code = CODE) {
  const userAttributes = { sub: "3f0c", email: "rroe@example.org", phone_number: "+31612345678", locale: "de" };
  const { response: _, ...event } = cognitoEvent({ triggerSource });
  return {
    ...event,
    userPoolId: POOL,
    request: { code: await code, clientMetadata: null, userAttributes },
  };
}

const sendSms = (settings: object, event: object) => call(sms, settings, event);

it("gets a mail as HTML and as text, with its subject", async () => {
  await call(email, settingsFor(), await eventOf("CustomEmailSender_SignUp"));
  const [request] = aws.calls("/hook");
  expect(request?.headers["content-type"]).toBe("application/json");
  expect(request?.input).toEqual({
    id: request?.headers["webhook-id"],
    kind: "SignUp",
    medium: "email",
    to: "rroe@example.org",
    language: "de",
    subject: "Bestätigen Sie Ihr Konto bei Owl & Co",
    html: expect.stringContaining(">94815207</p>"),
    text: expect.stringMatching(/^Willkommen bei Owl & Co\.[\s\S]*\n\n94815207\n\n/),
  });
});

it("gets a text message as text alone", async () => {
  await sendSms(settingsFor(), await eventOf("CustomSMSSender_Authentication"));
  const [request] = aws.calls("/hook");
  expect(request?.input).toEqual({
    id: request?.headers["webhook-id"],
    kind: "Authentication",
    medium: "sms",
    to: "+31612345678",
    language: "de",
    text: "94815207 ist Ihr Anmeldecode für Owl & Co. Geben Sie ihn nicht weiter.",
  });
});

it("can verify that it comes from us, now, as the Standard Webhooks say", async () => {
  const bytes = Buffer.from("0123456789abcdef0123456789abcdef");
  aws.services.secret = `whsec_${bytes.toString("base64")}`;
  await sendSms(settingsFor(), await eventOf("CustomSMSSender_SignUp"));
  const [request] = aws.calls("/hook");
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = request?.headers ?? {};
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await webcrypto.subtle.importKey("raw", bytes, algorithm, false, ["verify"]);
  const [, base64 = ""] = /^v1,(\S+)$/.exec(String(signature)) ?? [];
  const verify = (content: string) =>
    webcrypto.subtle.verify("HMAC", key, Buffer.from(base64, "base64"), Buffer.from(content));
  expect(await verify(`${id}.${timestamp}.${request?.body}`)).toBe(true);
  expect(await verify(`${id}.${Number(timestamp) + 1}.${request?.body}`)).toBe(false);
  expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(5);
});

it("can tell a message that is sent again, and no other, by its id", async () => {
  const settings = settingsFor();
  const event = await eventOf("CustomSMSSender_SignUp");
  const same = await eventOf("CustomSMSSender_SignUp", encrypted("94815207"));
  for (const each of [event, event, same]) await sendSms(settings, each);
  const [first, again, another] = aws.calls("/hook").map(({ headers }) => headers["webhook-id"]);
  expect(first).toMatch(/^msg_[\w-]{43}$/);
  expect(again).toBe(first);
  expect(another).not.toBe(first);
});

describe("its secret", () => {
  it("is read decrypted, and kept for some minutes", async () => {
    const settings = settingsFor("/try/kept");
    const event = await eventOf("CustomSMSSender_SignUp");
    await sendSms(settings, event);
    await sendSms(settings, event);
    const asked = aws.calls("GetParameter").map(({ input }) => input);
    expect(asked).toEqual([{ Name: "/try/kept", WithDecryption: true }]);
    jest.spyOn(Date, "now").mockReturnValue(Date.now() + 4 * 60_000);
    await sendSms(settings, event);
    expect(aws.calls("GetParameter")).toHaveLength(2);
  });

  it("is read anew after a refusal, since it may have been changed", async () => {
    const settings = settingsFor();
    aws.answer("/hook", { status: 401 });
    await expect(sendSms(settings, await eventOf("CustomSMSSender_SignUp"))).rejects.toThrow(NEUTRAL_MESSAGE);
    aws.answer("/hook", { status: 204 });
    await sendSms(settings, await eventOf("CustomSMSSender_SignUp"));
    expect(aws.calls("GetParameter")).toHaveLength(2);
  });

  it.each(["", "secret", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!!", `whsec_${Buffer.alloc(65).toString("base64")}`])(
    "is refused where it is %j: nothing goes out under it",
    async (value) => {
      aws.services.secret = value;
      await expect(sendSms(settingsFor(), await eventOf("CustomSMSSender_SignUp"))).rejects.toThrow(NEUTRAL_MESSAGE);
      expect(aws.calls("/hook")).toEqual([]);
      expect(log.lines()).toContain("must hold whsec_ and 24 to 64 bytes");
      if (value) expect(log.lines()).not.toContain(`${value}"`);
    },
  );
});

describe("fails, so that Lambda tries again,", () => {
  it.each([400, 401, 429, 500])("where the answer is %d, and logs nothing but that", async (status) => {
    aws.answer("/hook", { status, body: "no rroe@example.org here" });
    await expect(sendSms(settingsFor(), await eventOf("CustomSMSSender_SignUp"))).rejects.toThrow(NEUTRAL_MESSAGE);
    expect(log.lines()).toContain(`the webhook answered ${status}`);
    expect(log.lines()).not.toMatch(/rroe|316|94815207|whsec/);
  });

  it.each([301, 302, 307, 308])("where it is a redirect (%d), which nobody follows with a code", async (status) => {
    aws.answer("/hook", { status, headers: { location: `${aws.address()}/elsewhere` } });
    await expect(sendSms(settingsFor(), await eventOf("CustomSMSSender_SignUp"))).rejects.toThrow(NEUTRAL_MESSAGE);
    expect(aws.calls("/elsewhere")).toEqual([]);
    expect(log.lines()).toContain(`the webhook answered ${status}`);
  });

  it("where there is none in time", async () => {
    const deadlines = aws.hang("/hook");
    await expect(sendSms(settingsFor(), await eventOf("CustomSMSSender_SignUp"))).rejects.toThrow(NEUTRAL_MESSAGE);
    expect(log.lines()).toContain('"outcome":"failed"');
    expect(deadlines.at(-1)).toBe(5000);
  });
});
