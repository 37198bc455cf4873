import type { ClaimChange } from "../triggers/pre-token-generation";
import type { Attributes } from "../users/attributes";
import { identitiesClaim } from "../users/identities";

/** The attributes as claims of an ID token. All attributes are texts, but not all claims. */
export function claimsOf(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (name.endsWith("_verified")) return [name, value.toLowerCase() === "true"];
      if (name === "identities") return [name, identitiesClaim(value)];
      if (name === "address") return [name, { formatted: value }];
      if (name === "updated_at") return [name, Number(value)];
      return [name, value];
    }),
  );
}

/** The claims that no trigger changes. Cognito ignores the attempt. */
const fixed =
  "acr amr aud at_hash auth_time azp cognito:username exp iat identities iss jti nbf nonce origin_jti sub token_use";
const fixedIn = {
  id: new Set(fixed.split(" ")),
  access: new Set(`${fixed} client_id device_key event_id scope username version`.split(" ")),
};

/**
 * The claims of a token after the trigger's change. A claim that is both added and suppressed is suppressed. With the
 * groups, the roles are suppressed too.
 */
export function changedClaims(
  claims: Readonly<Record<string, unknown>>,
  { add, suppress }: ClaimChange,
  token: keyof typeof fixedIn = "id",
): Record<string, unknown> {
  const suppressed = new Set(suppress);
  if (suppressed.has("cognito:groups"))
    for (const name of ["roles", "preferred_role"]) suppressed.add(`cognito:${name}`);
  const isFixed = (name: string) => fixedIn[token].has(name);
  const added = Object.entries(add).filter(([name]) => !/^(cognito|dev):/.test(name) && !isFixed(name));
  const kept = Object.entries({ ...claims, ...Object.fromEntries(added) });
  return Object.fromEntries(kept.filter(([name]) => isFixed(name) || !suppressed.has(name)));
}
