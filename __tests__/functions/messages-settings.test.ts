import { messagesSchema } from "../../functions/shared/messages/messages-settings";
import { checked } from "../../lib/checked-settings";

const check = (own: object) => checked(messagesSchema(), own, "staff.messages");

describe("the settings", () => {
  it("need a name, and speak English", () => {
    expect(check({ appName: "Café 1º, “Owl” & Söhne" })).toEqual({
      appName: "Café 1º, “Owl” & Söhne",
      defaultLanguage: "en",
    });
  });

  it.each([
    [{}, "staff.messages.appName is missing: it must be the app's name."],
    [{ appName: "" }, 'staff.messages.appName is "", but it must be 1 to 40 characters on one line, without braces.'],
    [{ appName: "a\nb" }, "must be 1 to 40 characters on one line"],
    [{ appName: "{####}" }, "without braces"],
    [{ appName: "W".repeat(41) }, "must be 1 to 40 characters"],
    [
      { appName: "App", defaultLanguage: "fr" },
      'staff.messages.defaultLanguage is "fr", but it must be "en" or "nl" or "de" or "es".',
    ],
    [
      { appName: "App", language: "nl" },
      'staff.messages has no setting "language"; allowed are appName, defaultLanguage, verification, invitation.',
    ],
    [
      { appName: "App", verification: { mail: "Your code" } },
      'staff.messages.verification.mail is "Your code", but it must contain {####}.',
    ],
    [{ appName: "App", invitation: { sms: "{####}" } }, "must contain {username}."],
    [{ appName: "App", verification: { subject: "{####}" } }, "must be one line, without {####}."],
    [{ appName: "App", verification: { subject: "two\nlines" } }, "must be one line"],
    [{ appName: "App", verification: { sms: `{####}${"a".repeat(140)}` } }, "must be 140 characters at most"],
    [
      { appName: "App", invitation: { html: "a" } },
      'invitation has no setting "html"; allowed are subject, mail, sms.',
    ],
  ])("%j are refused in one sentence", (own, sentence) => {
    expect(() => check(own)).toThrow(sentence);
  });
});
