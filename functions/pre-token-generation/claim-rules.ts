import type { Claim, TokenSettings } from "./token-settings";

/** A setting that Cognito would not follow: its path, its value, and what it must be. */
export interface Mistake {
  readonly path: (string | number)[];
  readonly input: unknown;
  readonly message: string;
}

type TokenName = "idToken" | "accessToken";

/**
 * The claims that a trigger cannot add, change or suppress, in both tokens.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export const PROTECTED_CLAIMS: readonly string[] = [
  "acr",
  "amr",
  "at_hash",
  "aud",
  "auth_time",
  "azp",
  "client_id",
  "cognito:username",
  "device_key",
  "event_id",
  "exp",
  "iat",
  "identities",
  "iss",
  "jti",
  "nbf",
  "nonce",
  "origin_jti",
  "sub",
  "token_use",
  "username",
  "version",
];

/** Claims of the ID token that are text in every event version. */
const TEXT_CLAIMS = ["address", "email_verified", "phone_number_verified", "updated_at"];

/** RFC 7519 allows any text as a name, but an invisible character in a name is a mistake. */
const NAME = /^[!-~]{1,256}$/;

/**
 * The mistakes in the token settings. Cognito would follow such a setting only in part, or every sign-in would fail.
 */
export function claimMistakes(settings: TokenSettings): Mistake[] {
  const { eventVersion, idToken, accessToken } = settings;
  const mistakes: Mistake[] = [];
  if (eventVersion === 1 && accessToken) {
    mistakes.push({
      path: ["accessToken"],
      input: accessToken,
      message: "must be left out unless eventVersion is 2 or 3: version 1 changes the ID token alone",
    });
  }
  for (const [token, { claims, suppress }] of Object.entries({ idToken, accessToken }).filter(isGiven)) {
    for (const [name, claim] of Object.entries(claims)) {
      const message = wrongName(token, name, claim) ?? wrongValue(token, name, claim, eventVersion);
      if (message) mistakes.push({ path: [token, "claims", name], input: claim, message });
    }
    suppress.forEach((name, index) => {
      const message = Object.hasOwn(claims, name) ? `must not be in ${token}.claims too` : wrongSuppression(name);
      if (message) mistakes.push({ path: [token, "suppress", index], input: name, message });
    });
  }
  accessToken?.suppressScopes.forEach((scope, index) => {
    if (!accessToken.addScopes.includes(scope)) return;
    const message = "must not be in accessToken.addScopes too";
    mistakes.push({ path: ["accessToken", "suppressScopes", index], input: scope, message });
  });
  return mistakes;
}

type Given = [TokenName, { claims: Record<string, Claim>; suppress: string[] }];
const isGiven = (entry: [string, unknown]): entry is Given => entry[1] !== undefined;

function wrongName(token: TokenName, name: string, claim: Claim): string | undefined {
  if (!NAME.test(name)) return "must have a name of up to 256 visible ASCII characters";
  if (name === "aud" && token === "accessToken") {
    return "clientId" in claim ? undefined : "must be { clientId: true }, the only audience that Cognito takes";
  }
  if (name === "scope") return "must be left to accessToken.addScopes and accessToken.suppressScopes";
  if (/^(cognito|dev):/.test(name)) return "must have a name that begins with neither cognito: nor dev:";
  return PROTECTED_CLAIMS.includes(name) ? "must have another name: this claim is Cognito's own" : undefined;
}

function wrongValue(token: TokenName, name: string, claim: Claim, version: TokenSettings["eventVersion"]) {
  const isText = "groups" in claim ? version === 1 : !("value" in claim) || typeof claim.value === "string";
  if (isText) return undefined;
  if (version === 1) return "must hold text unless eventVersion is 2 or 3";
  return token === "idToken" && TEXT_CLAIMS.includes(name)
    ? `must hold text, as ${TEXT_CLAIMS.join(", ")} do in every ID token`
    : undefined;
}

function wrongSuppression(name: string): string | undefined {
  if (name === "scope") return "must be left to accessToken.suppressScopes";
  if (name === "cognito:roles" || name === "cognito:preferred_role") {
    return 'must be "cognito:groups", which takes the roles along';
  }
  const isReserved = name.startsWith("cognito:") && name !== "cognito:groups";
  if (isReserved || PROTECTED_CLAIMS.includes(name)) return "must be a claim that is not Cognito's own";
  return NAME.test(name) ? undefined : "must be a name of up to 256 visible ASCII characters";
}
