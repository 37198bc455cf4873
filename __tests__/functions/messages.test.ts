import { escapeHtml, unescapeHtml } from "../../functions/shared/messages/html";
import { LANGUAGES, type Language, languageOf } from "../../functions/shared/messages/languages";
import { messageProblem } from "../../functions/shared/messages/limits";
import { compose } from "../../functions/shared/messages/message";
import { CODE_KINDS, type CodeWords } from "../../functions/shared/messages/words";

const languages = Object.keys(LANGUAGES) as Language[];
const LONGEST_NAME = "W".repeat(40);

// GSM 03.38's basic alphabet: a text message of anything else is sent as UTF-16, in twice the room.
const GSM = /^[@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà-]*$/;

describe.each(languages)("in %s", (language) => {
  it.each(CODE_KINDS)("the text message for %s is short and plain enough to be one", (kind) => {
    const code = kind === "AdminCreateUser" ? "p".repeat(16) : "12345678";
    const { sms = "" } = compose(language, kind, { app: LONGEST_NAME, "####": code, username: "u".repeat(36) });
    expect(sms.length).toBeLessThanOrEqual(140);
    expect(sms).toMatch(GSM);
    expect(sms).toContain(LONGEST_NAME);
    expect(sms).toContain(code);
  });

  it("an invitation's password ends the text message, and nothing that could be taken for a part of it follows", () => {
    const { sms, html } = compose(language, "AdminCreateUser", { app: "App", "####": "Pa55", username: "rroe" });
    expect(sms).toMatch(/: rroe \p{L}.*: Pa55$/u);
    expect(html).toContain(">Pa55</p>");
    expect(html).toMatch(/: rroe<\/p>/);
  });

  it("every mail names the app in its subject, and says which language it is in", () => {
    for (const kind of [...CODE_KINDS, "AccountTakeOverNotification"] as const) {
      const { subject, html } = compose(language, kind, { app: "Owl & Co", "####": "1", username: "u" });
      expect(subject).toContain("Owl & Co");
      expect(html).toContain(`<html lang="${language}">`);
    }
  });
});

it("no two languages have the same words", () => {
  const all = languages.flatMap((language) =>
    Object.values(LANGUAGES[language]).flatMap(({ mail }) => [...new Set(mail)].filter((words) => words !== "{####}")),
  );
  const shared = languages.map((language) => new Set(Object.values(LANGUAGES[language]).flatMap(({ mail }) => mail)));
  for (const words of all) expect(shared.filter((set) => set.has(words))).toHaveLength(1);
});

it.each([
  ["nl", "nl"],
  ["nl-NL", "nl"],
  ["nl_BE", "nl"],
  ["NL", "nl"],
  [" de-AT ", "de"],
  ["es-419", "es"],
  ["en-GB", "en"],
  ["fr-FR", "es"],
  ["nld", "es"],
  ["dexter", "es"],
  ["constructor", "es"],
  ["", "es"],
  [undefined, "es"],
])("the locale %j asks for %s, where Spanish is the default", (locale, language) => {
  expect(languageOf(locale, "es")).toBe(language);
});

describe("what is put into a message", () => {
  const nasty = `<b>"O'Neil" & {username}</b>`;

  it("is escaped in the mail, once, and in nothing else", () => {
    const message = compose("en", "AdminCreateUser", { app: nasty, "####": "<i>&amp;", username: nasty });
    const escaped = "&#60;b&#62;&#34;O&#39;Neil&#34; &#38; {username}&#60;/b&#62;";
    expect(message.subject).toBe(`Your ${nasty} account`);
    expect(message.sms).toBe(`Your ${nasty} account. User name: ${nasty} Temporary password: <i>&amp;`);
    expect(message.text).toContain(`User name: ${nasty}`);
    expect(message.html).toContain(`<p>User name: ${escaped}</p>`);
    expect(message.html).toContain(">&#60;i&#62;&#38;amp;</p>");
    expect(message.html).not.toContain("<b>");
  });

  it("breaks no line of a subject or text message, and loses no space of a password", () => {
    const { subject, sms } = compose("en", "AdminCreateUser", { app: "a\r\nBcc: x", "####": "p  q", username: "u\n" });
    expect(subject).toBe("Your a  Bcc: x account");
    expect(sms).toBe("Your a  Bcc: x account. User name: u  Temporary password: p  q");
  });

  it("is not there where it is not known: the mail leaves its paragraph out", () => {
    const { html, text } = compose("en", "AccountTakeOverNotification", { app: "App", ip: "192.0.2.1", place: "" });
    expect(html).toContain("IP address: 192.0.2.1");
    expect(text).toContain("IP address: 192.0.2.1");
    expect(html + text).not.toMatch(/Time|Place|\{/);
  });
});

it.each([
  ["a&amp;b", "a&b"],
  ["&amp;lt;", "&lt;"],
  ["&lt;&gt;&quot;&apos;&#39;&#x27;&#34;", "<>\"'''\""],
  ["&AMP;", "&"],
  ["a & b &; &nosuch; &#xfffffff; 100%", "a & b &; &nosuch; &#xfffffff; 100%"],
])("unescapes %s once, as %s", (escaped, text) => {
  expect(unescapeHtml(escaped)).toBe(text);
});

it("unescapes what it escaped", () => {
  const text = `&<>"'&amp;{####} é€`;
  expect(unescapeHtml(escapeHtml(text))).toBe(text);
});

describe("the check of all messages", () => {
  const broken = (words: Partial<CodeWords>) => {
    for (const [part, text] of Object.entries(words)) {
      jest.replaceProperty(LANGUAGES.nl.ForgotPassword as Partial<CodeWords>, part as keyof CodeWords, text);
    }
    return messageProblem("App");
  };
  afterEach(() => jest.restoreAllMocks());

  it("finds nothing in ours, with the longest name too", () => {
    for (const app of ["App", LONGEST_NAME, "&".repeat(40)]) expect(messageProblem(app)).toBeUndefined();
  });

  it.each<[string, Partial<CodeWords>, string]>([
    ["a long text message", { sms: `{####}${"x".repeat(133)}` }, "its sms is 141 characters, of at most 140"],
    ["a long subject", { subject: "x".repeat(141) }, "its subject is 141 characters"],
    ["a long mail", { mail: ["{####}", "x".repeat(20_000)] }, "of at most 20000"],
    ["a text message without code", { sms: "Hello" }, "its sms holds {####} 0 times"],
    ["a mail without code", { mail: ["Hello"] }, "its mail holds {####} 0 times"],
    ["a code twice", { mail: ["{####}", "{####}"] }, "its mail holds {####} 2 times"],
    ["a code in the subject", { subject: "{####}" }, "its subject shows {####}"],
    ["a misspelt placeholder", { mail: ["{####}", "Hello from {ap}"] }, "nothing is put in the place of {ap}"],
    ["a user name where Cognito puts none", { sms: "{####} {username}" }, "its sms holds {username} 1 times"],
  ])("finds %s", (_, words, problem) => {
    expect(broken(words)).toContain('ForgotPassword in "nl"');
    expect(broken(words)).toContain(problem);
  });
});
