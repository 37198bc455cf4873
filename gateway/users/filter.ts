import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { invalidParameter } from "../exceptions";
import { attributesOf, type User } from "./user";

/** The attributes that AWS can search by. Custom attributes are not among them. */
const searchable = [
  "username",
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
  "cognito:user_status",
  "status",
  "sub",
];

/**
 * Reads a filter, `attribute = "value"` or `attribute ^= "start"`. Inside the quotes, a quote and a backslash each have
 * a backslash before them.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html
 */
export function parseFilter(text: string): (user: User) => boolean {
  const [, attribute = "", operator, quoted] =
    /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\["\\])*)"\s*$/u.exec(text) ?? [];
  if (quoted === undefined || !searchable.includes(attribute)) throw invalidParameter("Error while parsing filter.");
  const wanted = quoted.replace(/\\(["\\])/g, "$1");
  return (user) => {
    const value = valueFor(user, attribute);
    if (value === undefined) return false;
    const [a, b] = attribute === "cognito:user_status" ? [value.toLowerCase(), wanted.toLowerCase()] : [value, wanted];
    return operator === "=" ? a === b : a.startsWith(b);
  };
}

function valueFor(user: User, attribute: string): string | undefined {
  switch (attribute) {
    case "username":
      return user.username;
    case "cognito:user_status":
      return user.status;
    case "status":
      return user.enabled ? "Enabled" : "Disabled";
    default:
      return attributesOf(user)[attribute];
  }
}

/** Checks that the pool has the attributes that ListUsers is to show. */
export function checkAttributesToGet(pool: UserPoolType, names: readonly string[]): void {
  const known = new Set((pool.SchemaAttributes ?? []).map(({ Name }) => Name));
  if (names.some((name) => !known.has(name)))
    throw invalidParameter("One or more requested attributes do not exist in user pool.");
}
