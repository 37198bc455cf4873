import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { constraint, invalidParameter } from "../exceptions";
import { type Attributes, isVerified } from "../users/attributes";
import { type Contact, isEmail, isPhone } from "./contacts";

/** The form in which a pool stores and compares names. A pool is case-sensitive by default. */
export const canonical = (pool: UserPoolType, name: string) =>
  pool.UsernameConfiguration?.CaseSensitive === false ? name.toLowerCase() : name;

export const signsInWith = (pool: UserPoolType, attribute: Contact) =>
  (pool.UsernameAttributes ?? []).includes(attribute);

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
export function checkUsername(name: string): void {
  if (!/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u.test(name))
    throw constraint("username", "satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
  if (name.length > 128) throw constraint("username", "have length less than or equal to 128");
}

/** The attribute that people of this pool sign in with instead of a user name: the name of a new user is its value. */
export function attributeOfName(pool: UserPoolType, name: string): Contact | undefined {
  checkUsername(name);
  const [email, phone] = [signsInWith(pool, "email"), signsInWith(pool, "phone_number")];
  if (email && isEmail(name)) return "email";
  if (phone && isPhone(name)) return "phone_number";
  if (email && phone) throw invalidParameter("Username should be either an email or a phone number.");
  if (email) throw invalidParameter("Username should be an email.");
  if (phone) throw invalidParameter("Username should be a phone number.");
  for (const alias of pool.AliasAttributes ?? []) {
    if (alias === "email" && isEmail(name))
      throw invalidParameter("Username cannot be of email format, since user pool is configured for email alias.");
    if (alias === "phone_number" && isPhone(name))
      throw invalidParameter(
        "Username cannot be of phone number format, since user pool is configured for phone number alias.",
      );
  }
  return undefined;
}

/** Whether people may sign in with this attribute beside their user name. */
export const isAlias = (pool: UserPoolType, attribute: string) =>
  (pool.AliasAttributes ?? []).some((alias) => alias === attribute);

/** Whether a user is found by this address or number. */
export const findsBy = (pool: UserPoolType, contact: Contact) => signsInWith(pool, contact) || isAlias(pool, contact);

/**
 * The attributes by which a user of this pool is found, beside the user name. An address or number that is an alias
 * counts only once it is verified.
 */
export function aliasesOf(pool: UserPoolType, attributes: Attributes): [string, string][] {
  const isSignInName = (name: string) =>
    (pool.UsernameAttributes ?? []).some((known) => known === name) ||
    (isAlias(pool, name) && (name === "preferred_username" || isVerified(attributes, name)));
  return Object.entries(attributes)
    .filter(([name, value]) => value && isSignInName(name))
    .map(([name, value]) => [name, canonical(pool, value)]);
}
