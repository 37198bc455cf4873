import type {
  AttributeType,
  PasswordPolicyType,
  UserPoolClientType,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { constraint, invalidParameter, notAuthorized, refusal } from "./errors";

export type Attributes = Readonly<Record<string, string>>;
type SignInAttribute = "email" | "phone_number";

/** A list of name and value, as requests and answers have it, as a record and back. */
export const toRecord = (list: readonly AttributeType[] = []): Record<string, string> =>
  Object.fromEntries(list.map(({ Name, Value }) => [Name ?? "", Value ?? ""]));
export const toList = (attributes: Attributes): AttributeType[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** How a pool stores and compares a name: pools are case-sensitive unless made otherwise. */
export const canonical = (pool: UserPoolType, name: string) =>
  pool.UsernameConfiguration?.CaseSensitive === false ? name.toLowerCase() : name;

export const signsInWith = (pool: UserPoolType, attribute: SignInAttribute) =>
  (pool.UsernameAttributes ?? []).includes(attribute);

const isEmail = (text: string) => /^[^\s@<>(),;:"[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/u.test(text);
const isPhone = (text: string) => /^\+[1-9]\d{1,14}$/.test(text);

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
export function checkUsername(name: string): void {
  if (!/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u.test(name))
    throw constraint(
      "username",
      "satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
    );
  if (name.length > 128) throw constraint("username", "have length less than or equal to 128");
}

/** The attribute that the name of a new user stands for, where the pool has no names of its own. */
export function attributeOfName(pool: UserPoolType, name: string): SignInAttribute | undefined {
  checkUsername(name);
  const [email, phone] = [signsInWith(pool, "email"), signsInWith(pool, "phone_number")];
  if (email && isEmail(name)) return "email";
  if (phone && isPhone(name)) return "phone_number";
  if (email && phone)
    throw invalidParameter("Username should be either an email or a phone number.");
  if (email) throw invalidParameter("Username should be an email.");
  if (phone) throw invalidParameter("Username should be a phone number.");
  for (const alias of pool.AliasAttributes ?? []) {
    if (alias === "email" && isEmail(name))
      throw invalidParameter(
        "Username cannot be of email format, since user pool is configured for email alias.",
      );
    if (alias === "phone_number" && isPhone(name))
      throw invalidParameter(
        "Username cannot be of phone number format, since user pool is configured for phone number alias.",
      );
  }
  return undefined;
}

/** The attributes under which a user of this pool is found besides the name. */
export function aliasesOf(pool: UserPoolType, attributes: Attributes): [string, string][] {
  const owned = (name: string) =>
    (pool.UsernameAttributes ?? []).some((known) => known === name) ||
    ((pool.AliasAttributes ?? []).some((known) => known === name) &&
      (name === "preferred_username" || attributes[`${name}_verified`] === "true"));
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
  if (text)
    throw refusal("InvalidPasswordException", `Password did not conform with policy: ${text}`);
}

/** The symbols that AWS counts; a space counts inside a password, and its ends are refused above. */
const symbols = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** What a pool has from birth; only these are open to a client that lists nothing. */
const standardAttributes = (
  "address birthdate email family_name gender given_name locale middle_name name nickname " +
  "phone_number picture preferred_username profile updated_at website zoneinfo"
).split(" ");

const orDefault = (list: readonly string[] | undefined, fallback: readonly string[]) =>
  list?.length ? list : fallback;

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
export function readable(client: UserPoolClientType, attributes: Attributes): Attributes {
  const open = orDefault(client.ReadAttributes, [
    ...standardAttributes,
    "email_verified",
    "phone_number_verified",
  ]);
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => name === "sub" || open.includes(name)),
  );
}

export function checkWritable(client: UserPoolClientType, names: readonly string[]): void {
  const open = orDefault(client.WriteAttributes, standardAttributes);
  if (names.some((name) => !open.includes(name)))
    throw notAuthorized("A client attempted to write unauthorized attribute");
}

/** The attributes after a write: an address that is new is an address that nobody has proven. */
export function overwritten(before: Attributes, given: Attributes): Attributes {
  const unproven = ["email", "phone_number"].filter(
    (name) => given[name] !== undefined && given[name] !== before[name],
  );
  const flags = Object.fromEntries(unproven.map((name) => [`${name}_verified`, "false"]));
  return { ...before, ...flags, ...given };
}

/**
 * Whether attributes fit the pool's schema: `given` is what the request writes, `all` what the
 * user then has, and `made` whether the user exists already.
 */
export function checkSchema(pool: UserPoolType, given: Attributes, all: Attributes, made: boolean) {
  const schema = pool.SchemaAttributes ?? [];
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const rule = schema.find((attribute) => attribute.Name === name);
    if (!rule) return [`${name}: Attribute does not exist in the schema.`];
    if (name === "sub" || (made && rule.Mutable === false))
      throw invalidParameter(`Cannot modify the non-mutable attribute ${name}`);
    return typeFault(rule, value).map((fault) => `${name}: ${fault}`);
  });
  const missing = schema
    .filter(({ Name = "", Required }) => Required && Name !== "sub" && !all[Name])
    .map(({ Name }) => `${Name}: The attribute is required`);
  const faults = [...wrong, ...missing];
  if (faults.length)
    throw invalidParameter(
      `Attributes did not conform to the schema: ${faults.map((fault) => `${fault}\n`).join("")}`,
    );
  if (given.email && !isEmail(given.email)) throw invalidParameter("Invalid email address format.");
  if (given.phone_number && !isPhone(given.phone_number))
    throw invalidParameter("Invalid phone number format.");
}

function typeFault(
  rule: NonNullable<UserPoolType["SchemaAttributes"]>[number],
  value: string,
): string[] {
  const { MinLength, MaxLength } = rule.StringAttributeConstraints ?? {};
  const { MinValue, MaxValue } = rule.NumberAttributeConstraints ?? {};
  const number = Number(value);
  switch (rule.AttributeDataType) {
    case "Number":
      if (!/^-?\d+(\.\d+)?$/.test(value)) return ["Attribute must be a number"];
      if (MinValue && number < Number(MinValue))
        return [`Number must not be less than ${MinValue}`];
      if (MaxValue && number > Number(MaxValue))
        return [`Number must not be greater than ${MaxValue}`];
      return [];
    case "Boolean":
      return /^(true|false)$/i.test(value) ? [] : ["Attribute must be true or false"];
    case "DateTime":
      return Number.isNaN(Date.parse(value)) ? ["Attribute must be a date"] : [];
    default:
      if (MinLength && value.length < Number(MinLength))
        return [`String must not be shorter than ${MinLength}`];
      if (value.length > Number(MaxLength ?? 2048))
        return [`String must not be longer than ${MaxLength ?? 2048}`];
      return [];
  }
}
