import type { PasswordPolicyType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Attributes } from "./attributes";
import { constraint, invalidParameter, refusal } from "./errors";

/** The attributes by which people are reached, and which they may sign in with. */
export type Contact = "email" | "phone_number";

/** How a pool stores and compares a name: pools are case-sensitive unless made otherwise. */
export const canonical = (pool: UserPoolType, name: string) =>
  pool.UsernameConfiguration?.CaseSensitive === false ? name.toLowerCase() : name;

export const signsInWith = (pool: UserPoolType, attribute: Contact) =>
  (pool.UsernameAttributes ?? []).includes(attribute);

export const isEmail = (text: string) => /^[^\s@<>(),;:"[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/u.test(text);
export const isPhone = (text: string) => /^\+[1-9]\d{1,14}$/.test(text);

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
export function checkUsername(name: string): void {
  if (!/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u.test(name))
    throw constraint("username", "satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
  if (name.length > 128) throw constraint("username", "have length less than or equal to 128");
}

/** The attribute that the name of a new user stands for, where the pool has no names of its own. */
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

/** Whether an attribute is a second name for a user who has another. */
export const isAlias = (pool: UserPoolType, attribute: string) =>
  (pool.AliasAttributes ?? []).some((alias) => alias === attribute);

/** Whether the pool sends a code to a new address or number. */
export const proves = (pool: UserPoolType, contact: Contact) => (pool.AutoVerifiedAttributes ?? []).includes(contact);

/** Whether people may type their address or number instead of a name. */
export const findsBy = (pool: UserPoolType, contact: Contact) => signsInWith(pool, contact) || isAlias(pool, contact);

/**
 * The attributes under which a user of this pool is found besides the name: an address that is
 * only an alias counts once it is proven.
 */
export function aliasesOf(pool: UserPoolType, attributes: Attributes): [string, string][] {
  const owned = (name: string) =>
    (pool.UsernameAttributes ?? []).some((known) => known === name) ||
    (isAlias(pool, name) && (name === "preferred_username" || attributes[`${name}_verified`] === "true"));
  return Object.entries(attributes)
    .filter(([name, value]) => value && owned(name))
    .map(([name, value]) => [name, canonical(pool, value)]);
}

/**
 * A pool without a policy has Cognito's default one.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
 */
export function checkPassword(pool: UserPoolType, password: string): void {
  const policy: PasswordPolicyType = pool.Policies?.PasswordPolicy ?? {
    MinimumLength: 8,
    RequireLowercase: true,
    RequireUppercase: true,
    RequireNumbers: true,
    RequireSymbols: true,
  };
  if (password.length > 256) throw constraint("password", "have length less than or equal to 256");
  if (password !== "" && !/^\S+.*\S+$/.test(password))
    throw constraint("password", "satisfy regular expression pattern: ^[\\S]+.*[\\S]+$");
  const rules: [broken: boolean | undefined, text: string][] = [
    [password.length < (policy.MinimumLength ?? 8), "Password not long enough"],
    [policy.RequireLowercase && !/[a-z]/.test(password), "Password must have lowercase characters"],
    [policy.RequireUppercase && !/[A-Z]/.test(password), "Password must have uppercase characters"],
    [policy.RequireNumbers && !/\d/.test(password), "Password must have numeric characters"],
    [policy.RequireSymbols && !symbols.test(password), "Password must have symbol characters"],
  ];
  const [, text] = rules.find(([broken]) => broken) ?? [];
  if (text) throw refusal("InvalidPasswordException", `Password did not conform with policy: ${text}`);
}

/** The symbols that AWS counts; a space counts inside a password, and its ends are refused above. */
const symbols = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;
