import { PROTECTED_CLAIMS } from "../../functions/pre-token-generation/claim-rules";
import { settingsSchema } from "../../functions/pre-token-generation/settings";
import { checked } from "../../lib/checked-settings";

/** What synthesis says of the settings. */
function sentence(settings: object): string {
  try {
    checked(settingsSchema(), settings, "tokens");
    return "right";
  } catch (error) {
    return (error as Error).message;
  }
}

const text = { value: "x" };
const id = (settings: object, eventVersion = 1) => ({ eventVersion, idToken: settings });
const access = (settings: object, eventVersion = 2) => ({ eventVersion, accessToken: settings });
const claim = (name: string, says: object) => ({ claims: { [name]: says } });
const ONE_OF_FOUR =
  'must be { attribute: "custom:tenant" }, { groups: true }, { clientId: true } or { value: <any JSON> }.';
const SCOPE = 'must be up to 256 visible ASCII characters without " and \\.';

describe("each mistake is a sentence of its own", () => {
  it.each<[object, string]>([
    [{ eventVersion: 4 }, "tokens.eventVersion is 4, but it must be 1 or 2 or 3."],
    [{ eventVersion: "2" }, 'tokens.eventVersion is "2", but it must be 1 or 2 or 3.'],
    [{ claims: {} }, 'tokens has no setting "claims"; allowed are eventVersion, idToken, accessToken.'],
    [id({ addScopes: [] }, 2), 'tokens.idToken has no setting "addScopes"; allowed are claims, suppress.'],
    [
      access({ addScopes: ["a"] }, 1),
      'tokens.accessToken is {"claims":{},"suppress":[],"addScopes":["a"],"suppressScopes":[]}, but it must be left out unless eventVersion is 2 or 3: version 1 changes the ID token alone.',
    ],
    [id({ claims: ["a"] }), 'tokens.idToken.claims is ["a"], but it must be an object of claims by their names.'],
    [id({ claims: { a: "x" } }), `tokens.idToken.claims.a is "x", but it ${ONE_OF_FOUR}`],
    [id(claim("a", {})), `tokens.idToken.claims.a is {}, but it ${ONE_OF_FOUR}`],
    [id(claim("a", { groups: false })), `tokens.idToken.claims.a is {"groups":false}, but it ${ONE_OF_FOUR}`],
    [
      id(claim("a", { groups: true, value: "x" })),
      `tokens.idToken.claims.a is {"groups":true,"value":"x"}, but it ${ONE_OF_FOUR}`,
    ],
    [
      id(claim("a", { attribute: "tenant" })),
      'tokens.idToken.claims.a.attribute is "tenant", but it must be a standard attribute, custom:<name>, sub, email_verified, phone_number_verified, identities, cognito:user_status.',
    ],
    [
      id(claim("a", { value: null }), 2),
      "tokens.idToken.claims.a.value is null, but it must be text, a number, true, false, a list or an object.",
    ],
    [
      id(claim("a", { value: 1 })),
      'tokens.idToken.claims.a is {"value":1}, but it must hold text unless eventVersion is 2 or 3.',
    ],
    [
      id(claim("a", { value: ["x"] })),
      'tokens.idToken.claims.a is {"value":["x"]}, but it must hold text unless eventVersion is 2 or 3.',
    ],
    [
      id(claim("a b", text)),
      'tokens.idToken.claims.a b is {"value":"x"}, but it must have a name of up to 256 visible ASCII characters.',
    ],
    [
      id(claim("scope", text)),
      'tokens.idToken.claims.scope is {"value":"x"}, but it must be left to accessToken.addScopes and accessToken.suppressScopes.',
    ],
    [
      access(claim("aud", text)),
      'tokens.accessToken.claims.aud is {"value":"x"}, but it must be { clientId: true }, the only audience that Cognito takes.',
    ],
    [
      id({ suppress: [""] }),
      'tokens.idToken.suppress.0 is "", but it must be a name of up to 256 visible ASCII characters.',
    ],
    [
      id({ suppress: ["scope"] }),
      'tokens.idToken.suppress.0 is "scope", but it must be left to accessToken.suppressScopes.',
    ],
    [
      id({ suppress: ["email", "cognito:roles"] }),
      'tokens.idToken.suppress.1 is "cognito:roles", but it must be "cognito:groups", which takes the roles along.',
    ],
    [
      id({ ...claim("email", text), suppress: ["email"] }),
      'tokens.idToken.suppress.0 is "email", but it must not be in idToken.claims too.',
    ],
    [access({ addScopes: [""] }), `tokens.accessToken.addScopes.0 is "", but it ${SCOPE}`],
    [access({ addScopes: ["a b"] }), `tokens.accessToken.addScopes.0 is "a b", but it ${SCOPE}`],
    [access({ suppressScopes: ['a"b'] }), `tokens.accessToken.suppressScopes.0 is "a\\"b", but it ${SCOPE}`],
    [access({ suppressScopes: ["a\\b"] }), `tokens.accessToken.suppressScopes.0 is "a\\\\b", but it ${SCOPE}`],
    [access({ addScopes: ["é"] }), `tokens.accessToken.addScopes.0 is "é", but it ${SCOPE}`],
    [
      access({ addScopes: ["a", "b"], suppressScopes: ["c", "b"] }),
      'tokens.accessToken.suppressScopes.1 is "b", but it must not be in accessToken.addScopes too.',
    ],
  ])("%j", (settings, expected) => {
    expect(sentence(settings)).toBe(expected);
  });

  it("bounds what there may be of scopes", () => {
    expect(sentence(access({ addScopes: ["a".repeat(256)] }))).toBe("right");
    expect(sentence(access({ addScopes: ["a".repeat(257)] }))).toContain(SCOPE);
    const many = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);
    expect(sentence(access({ addScopes: many(50) }))).toBe("right");
    expect(sentence(access({ addScopes: many(51) }))).toContain("but it must name 50 scopes at most.");
  });
});

describe("Cognito's own claims", () => {
  /** As AWS's page lists them: a second list, so that neither loses one unseen. */
  const OWN =
    "acr amr aud at_hash auth_time azp cognito:username exp iat identities iss jti nbf nonce origin_jti sub token_use " +
    "username client_id event_id device_key version";

  it("are all known", () => {
    expect([...PROTECTED_CLAIMS].sort()).toEqual(OWN.split(" ").sort());
  });

  it.each(OWN.split(" "))("%s is neither added nor suppressed, in either token", (name) => {
    for (const wrong of [id, access]) {
      expect(sentence(wrong(claim(name, text), 2))).toMatch(
        /, but it must (have another name|have a name that|be \{ clientId)/,
      );
      expect(sentence(wrong({ suppress: [name] }, 2))).toContain("but it must be a claim that is not Cognito's own.");
    }
    expect(sentence(id(claim(name, { clientId: true })))).toMatch(/must have (another name|a name that)/);
  });

  it.each(["cognito:groups", "cognito:roles", "cognito:preferred_role", "cognito:mine", "dev:mine"])(
    "%s is never added",
    (name) => {
      for (const wrong of [id, access]) {
        expect(sentence(wrong(claim(name, text), 2))).toContain(
          "but it must have a name that begins with neither cognito: nor dev:.",
        );
      }
    },
  );

  it("may be suppressed where AWS says so", () => {
    expect(sentence(id({ suppress: ["cognito:groups", "dev:mine", "custom:tenant", "email"] }))).toBe("right");
    expect(sentence(access({ suppress: ["cognito:groups"] }))).toBe("right");
    expect(sentence(id({ suppress: ["cognito:mine"] }))).toContain("must be a claim that is not Cognito's own.");
  });
});

describe("claims of the ID token that are text whatever the version", () => {
  it.each(["address", "email_verified", "phone_number_verified", "updated_at"])("%s", (name) => {
    const expected =
      "must hold text, as address, email_verified, phone_number_verified, updated_at do in every ID token.";
    for (const value of [1, true, ["x"], { a: "x" }]) {
      expect(sentence(id(claim(name, { value }), 2))).toContain(expected);
      expect(sentence(access(claim(name, { value })))).toBe("right");
    }
    expect(sentence(id(claim(name, { groups: true }), 2))).toContain(expected);
    expect(sentence(id(claim(name, { groups: true }), 1))).toBe("right");
    expect(sentence(id(claim(name, text), 2))).toBe("right");
    expect(sentence(id(claim(name, { attribute: "email" }), 3))).toBe("right");
  });
});

it.each<[string, object]>([
  ["nothing", {}],
  ["a URL for a name", id(claim("https://aws.amazon.com/tags", { value: { a: [1, { b: null }] } }), 2)],
  ["a name that every object inherits", id({ ...claim("toString", text), suppress: ["constructor"] })],
  ["the client's id", id(claim("app", { clientId: true }))],
  ["what a user cannot write", id(claim("id", { attribute: "sub" }))],
  ["version 3", access({ claims: { aud: { clientId: true } }, addScopes: ["com.example.photos/read"] }, 3)],
])("takes %s", (_, settings) => {
  expect(sentence(settings)).toBe("right");
});
