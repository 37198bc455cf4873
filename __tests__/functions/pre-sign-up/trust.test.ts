import { type LinkingSettings, linkingSchema } from "../../../functions/pre-sign-up/linking-settings";
import { provenIdentity, providersTrustedFor } from "../../../functions/pre-sign-up/trust";
import { cognitoEvent } from "../handlers";

const linkingOf = (trust: LinkingSettings["trust"]) => linkingSchema().parse({ trust });
const every = { addresses: "every-address", subjects: "lower-case" } as const;
const proven = (userName: string, trust: LinkingSettings["trust"], userAttributes: Record<string, string> = {}) => {
  const attributes = { email: "jo@example.org", email_verified: "true", ...userAttributes };
  return provenIdentity(cognitoEvent({ userName, userAttributes: attributes }), linkingOf(trust));
};

describe("who is trusted", () => {
  it.each<[string, LinkingSettings["trust"], string, string[]]>([
    ["Google for gmail.com, by default", {}, "jo@gmail.com", ["Google"]],
    ["nobody for another domain, by default", {}, "jo@example.org", []],
    ["nobody for googlemail.com, by default", {}, "jo@googlemail.com", []],
    ["nobody, if Google is trusted for none", { google: "no-address" }, "jo@gmail.com", []],
    ["Google for every address, by a setting", { google: "every-address" }, "jo@example.org", ["Google"]],
    ["Apple", { apple: "every-address" }, "jo@privaterelay.appleid.com", ["SignInWithApple"]],
    [
      "Amazon and Facebook",
      { amazon: "every-address", facebook: "every-address" },
      "jo@example.org",
      ["LoginWithAmazon", "Facebook"],
    ],
    ["an OIDC and a SAML provider", { oidc: { A: every }, saml: { B: every } }, "jo@example.org", ["A", "B"]],
    ["a provider for its domains", { apple: { domains: ["example.org"] } }, "jo@EXAMPLE.org", ["SignInWithApple"]],
    ["a provider for no sub-domain", { apple: { domains: ["example.org"] } }, "jo@a.example.org", []],
  ])("%s", (_, trust, email, expected) => {
    expect(providersTrustedFor(email, linkingOf(trust)).map(({ name }) => name)).toEqual(expected);
  });

  it.each([
    "",
    "jo",
    "@example.org",
    '"jo"@example.org',
    "jo(x)@example.org",
    "jo@example.org@evil.test",
    " jo@example.org",
    "jo@example.org ",
    "jo@example.org\n",
    "Jo <jo@example.org>",
    "jo@[127.0.0.1]",
    "jo@127.0.0.1",
    "jo@example..org",
    'x" or email = "jo@example.org',
    "jo\\@example.org",
    "jo\u200b@example.org",
    "\u212aim@example.org",
    "jo@gmaiⅼ.com",
    "jö@example.org",
    "jo@exämple.org",
  ])("nobody, for %j", (email) => {
    const trust = linkingOf({ apple: "every-address", google: "every-address" });
    expect(providersTrustedFor(email, trust)).toEqual([]);
  });

  it.each(["jo@example.org", "Jo.Roe+x@Example.ORG", "o'neil_1@xn--exmple-cua.org", "jo@a.b.example"])(
    "somebody, for %j",
    (email) => expect(providersTrustedFor(email, linkingOf({ apple: "every-address" }))).toHaveLength(1),
  );
});

describe("the user name", () => {
  const trust = { google: "every-address", oidc: { Outer: every, "a-b": every } } as const;

  it.each<[string, string[] | undefined]>([
    ["Google_123", ["Google", "123"]],
    ["google_123", ["Google", "123"]],
    ["outer_a_b", ["Outer", "a_b"]],
    ["outer__", ["Outer", "_"]],
    ["outer_google_123", ["Outer", "google_123"]],
    ["a-b_c", ["a-b", "c"]],
    ["outer_x\ny", ["Outer", "x\ny"]],
    ["outer_", undefined],
    ["outer", undefined],
    ["_outer_x", undefined],
    ["outertoo_x", undefined],
    ["out_er_x", undefined],
    ["a_b_c", undefined],
    ["", undefined],
  ])("%j is %j", (userName, expected) => {
    const found = proven(userName, trust);
    expect(found && [found.provider, found.subject]).toEqual(expected);
  });
});

describe("a subject, which Cognito's event has in lower case", () => {
  it.each<[string, string, LinkingSettings["trust"], Record<string, string>, string | undefined]>([
    ["of digits is known", "google_123", { google: "every-address" }, {}, "123"],
    ["in capitals has not been changed", "outer_aBc", { oidc: { Outer: mapped() } }, {}, "aBc"],
    ["of a provider that has no capitals is known", "outer_abc", { oidc: { Outer: every } }, {}, "abc"],
    ["is as its attribute has it", "outer_abc", { oidc: { Outer: mapped() } }, { "custom:subject": "aBc" }, "aBc"],
    [
      "whose attribute has no capitals either is not known: it may be in lower case, too",
      "outer_abc",
      { oidc: { Outer: mapped() } },
      { "custom:subject": "abc" },
      undefined,
    ],
    ["is not another one's", "outer_abc", { oidc: { Outer: mapped() } }, { "custom:subject": "aBd" }, undefined],
    ["without the attribute is not known", "outer_abc", { saml: { Outer: mapped() } }, {}, undefined],
    ["at Apple is lower-case hex", "signinwithapple_001.0af.12", { apple: "every-address" }, {}, "001.0af.12"],
    [
      "at Amazon has capitals",
      "loginwithamazon_amzn1.account.af2",
      { amazon: "every-address" },
      {},
      "amzn1.account.AF2",
    ],
    ["at Amazon of an unknown form", "loginwithamazon_amzn2.x", { amazon: "every-address" }, {}, undefined],
  ])("%s", (_, userName, trust, attributes, expected) => {
    expect(proven(userName, trust, attributes)?.subject).toBe(expected);
  });

  function mapped() {
    return { addresses: "every-address", subjects: "custom:subject" } as const;
  }
});

it.each(["", "false", "False", "0", "1", "yes", "on", "t", "true ", " true", "truе", "ｔｒｕｅ", "true\n", "null"])(
  "email_verified %j proves nothing",
  (email_verified) => {
    expect(proven("google_1", { google: "every-address" }, { email_verified })).toBeUndefined();
  },
);

it.each([true, "true", "True", "TRUE", "tRuE"])("email_verified %j proves the address", (email_verified) => {
  const userAttributes = { email: "jo@example.org", email_verified: String(email_verified) };
  const event = cognitoEvent({ userName: "google_1", userAttributes });
  expect(provenIdentity(event, linkingOf({ google: "every-address" }))?.email).toBe("jo@example.org");
});
