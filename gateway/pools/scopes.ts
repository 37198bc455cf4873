import type { Attributes } from "../users/attributes";

/**
 * The attributes that the scopes of a hosted sign-in show. The scope `openid` alone shows all that the app client may
 * read, and so does `profile`. With others beside it, each shows its own.
 * @param scopes undefined for a sign-in through the API, which shows all
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
export function claimsForScopes(scopes: readonly string[] | undefined, attributes: Attributes): Attributes {
  const limiting = scopes?.filter((scope) => scope in shownBy || scope === "profile") ?? [];
  if (!limiting.length || limiting.includes("profile")) return attributes;
  const shown = ["sub", "identities", ...limiting.flatMap((scope) => shownBy[scope] ?? [])];
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => shown.includes(name)));
}

const shownBy: Readonly<Record<string, readonly string[]>> = {
  email: ["email", "email_verified"],
  phone: ["phone_number", "phone_number_verified"],
};
