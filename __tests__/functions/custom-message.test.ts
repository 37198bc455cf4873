import { handler } from "../../functions/custom-message";
import { accessSchema } from "../../functions/shared/access";
import { messagesSchema } from "../../functions/shared/messages/messages-settings";
import { CODE_KINDS } from "../../functions/shared/messages/words";
import { call, captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const settings = messagesSchema().parse({ appName: "Owl & Co" });

/** As AWS's page shows it. */
const messageEvent = (kind: string, { locale, ...request }: Record<string, unknown> = {}) => ({
  ...cognitoEvent({ triggerSource: `CustomMessage_${kind}` }),
  request: {
    userAttributes: {
      sub: "3f0c",
      email: "rroe@example.org",
      phone_number: "+31612345678",
      ...(locale ? { locale } : {}),
    },
    codeParameter: "{####}",
    linkParameter: "{##Click Here##}",
    usernameParameter: kind === "AdminCreateUser" ? "{username}" : null,
    clientMetadata: null,
    ...request,
  },
  response: { smsMessage: null, emailMessage: null, emailSubject: null },
});

const SUBJECTS: Record<string, Record<string, string>> = {
  en: { SignUp: "Confirm your Owl & Co account", Authentication: "Your code to sign in to Owl & Co" },
  nl: { SignUp: "Bevestig je account bij Owl & Co", Authentication: "Je code om in te loggen bij Owl & Co" },
  de: { SignUp: "Bestätigen Sie Ihr Konto bei Owl & Co", Authentication: "Ihr Anmeldecode für Owl & Co" },
  es: { SignUp: "Confirma tu cuenta de Owl & Co", Authentication: "Tu código para iniciar sesión en Owl & Co" },
};

describe.each(Object.keys(SUBJECTS))("to somebody who reads %s", (language) => {
  it.each(CODE_KINDS)("words %s, with Cognito's own placeholders", async (kind) => {
    const event = messageEvent(kind, { locale: `${language}-XX` });
    const { response, ...rest } = await call(handler, settings, event);
    const { response: _, ...asked } = event;
    expect(rest).toEqual(asked);
    const { emailSubject, emailMessage, smsMessage } = response ?? {};
    expect(emailSubject).toContain("Owl & Co");
    if (SUBJECTS[language]?.[kind]) expect(emailSubject).toBe(SUBJECTS[language][kind]);
    expect(emailMessage).toContain(`<html lang="${language}">`);
    expect(emailMessage).toContain("Owl &#38; Co");
    for (const text of [emailMessage, smsMessage]) {
      expect(text?.split("{####}")).toHaveLength(2);
      expect(text?.split("{username}")).toHaveLength(kind === "AdminCreateUser" ? 2 : 1);
    }
  });
});

it("puts in the placeholders that the event names, not those that we know", async () => {
  const event = messageEvent("AdminCreateUser", { codeParameter: "[[code]]", usernameParameter: "[[name]]" });
  const { response } = await call(handler, settings, event);
  for (const text of [response?.emailMessage, response?.smsMessage]) {
    expect(text).toContain("[[code]]");
    expect(text).toContain("[[name]]");
    expect(text).not.toContain("{");
  }
});

it("uses the default language for users without a locale", async () => {
  const { response } = await call(handler, { ...settings, defaultLanguage: "de" }, messageEvent("SignUp"));
  expect(response?.emailSubject).toBe("Bestätigen Sie Ihr Konto bei Owl & Co");
});

it.each<[string, object]>([
  ["codeParameter is missing", messageEvent("SignUp", { codeParameter: undefined })],
  ["codeParameter is null", messageEvent("SignUp", { codeParameter: null })],
  ["an invitation names no user name", messageEvent("AdminCreateUser", { usernameParameter: null })],
  ["there is no request", { triggerSource: "CustomMessage_SignUp", request: null, response: {} }],
])("leaves the response to Cognito and says so, where %s", async (_, event) => {
  expect(await call(handler, settings, event)).toEqual(JSON.parse(JSON.stringify(event)));
  expect(log.lines()).toContain('"customMessage":"not written"');
});

describe("in a pool with access", () => {
  const restricted = { ...settings, access: accessSchema().parse({ deniedDomains: ["example.org"] }) };
  const CHANGES: readonly string[] = ["UpdateUserAttribute", "VerifyUserAttribute"];

  it.each(CHANGES)("refuses %s to an address that is kept out", async (kind) => {
    await expect(call(handler, restricted, messageEvent(kind))).rejects.toThrow(
      "Users from example.org are no longer allowed to log in",
    );
    expect(log.lines()).toContain('"outcome":"refused"');
  });

  it.each(CODE_KINDS.filter((kind) => !CHANGES.includes(kind)))("writes %s as ever", async (kind) => {
    expect((await call(handler, restricted, messageEvent(kind))).response?.emailMessage).toContain("{####}");
  });

  it.each(CHANGES)("writes %s to any other address", async (kind) => {
    const access = accessSchema().parse({ deniedDomains: ["example.net"] });
    const event = messageEvent(kind);
    expect((await call(handler, { ...settings, access }, event)).response?.emailMessage).toContain("{####}");
  });

  it.each(CHANGES)("writes %s to somebody with a linked identity, whose new address the code proves", async (kind) => {
    const access = accessSchema().parse({ allowedDomains: ["example.org"] });
    const event = messageEvent(kind);
    const identities = JSON.stringify([{ userId: "1", providerName: "Company", primary: false }]);
    Object.assign(event.request?.userAttributes ?? {}, { identities, email_verified: "false" });
    expect((await call(handler, { ...settings, access }, event)).response?.emailMessage).toContain("{####}");
  });
});

it("keeps what else is in the response", async () => {
  const event = { ...messageEvent("SignUp"), response: { novelty: 1 } };
  expect((await call(handler, settings, event)).response).toEqual(expect.objectContaining({ novelty: 1 }));
});

it("logs neither name nor attribute nor message", async () => {
  await call(handler, settings, messageEvent("SignUp"));
  expect(log.lines()).toContain('"outcome":"allowed"');
  expect(log.lines()).not.toMatch(/rroe|example\.org|316|####|Owl/);
});
