import type { AttributeType, UserPoolClientType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { STANDARD_ATTRIBUTES } from "../../contract/attributes";
import { invalidParameter, notAuthorized } from "./errors";
import { isEmail, isPhone } from "./pool";

export type Attributes = Readonly<Record<string, string>>;

/** A list of name and value, as requests and answers have it, as a record and back. */
export const toRecord = (list: readonly AttributeType[] = []): Record<string, string> =>
  Object.fromEntries(
    list.map(({ Name = "", Value = "" }) => [
      Name,
      /^(email|phone_number)_verified$/.test(Name) ? Value.toLowerCase() : Value,
    ]),
  );
export const toList = (attributes: Attributes): AttributeType[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

const orDefault = (list: readonly string[] | undefined, fallback: readonly string[]) =>
  list?.length ? list : fallback;

/**
 * A client that lists nothing may read and write what every pool has from birth.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export function readable(client: UserPoolClientType, attributes: Attributes): Attributes {
  const open = orDefault(client.ReadAttributes, [...STANDARD_ATTRIBUTES, "email_verified", "phone_number_verified"]);
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name === "sub" || open.includes(name)));
}

export function checkWritable(client: UserPoolClientType, names: readonly string[]): void {
  const open = orDefault(client.WriteAttributes, STANDARD_ATTRIBUTES);
  if (names.some((name) => !open.includes(name)))
    throw notAuthorized("A client attempted to write unauthorized attribute");
}

/**
 * The attributes after a write: an address that is new is one that nobody has proven, and what is
 * written empty is gone.
 */
export function overwritten(before: Attributes, given: Attributes): Attributes {
  const unproven = addresses.filter((name) => given[name] !== undefined && given[name] !== before[name]);
  const flags = Object.fromEntries(unproven.map((name) => [`${name}_verified`, "false"]));
  const after: Attributes = { ...before, ...flags, ...given };
  const gone = addresses.filter((name) => after[name] === "").map((name) => `${name}_verified`);
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== "" && !gone.includes(name)));
}

const addresses = ["email", "phone_number"];

/**
 * Whether the attributes of a request fit the pool's schema: `born` are those of a user to be. An
 * empty value takes an attribute away.
 */
export function checkSchema(pool: UserPoolType, given: Attributes, born: boolean): void {
  const faults = Object.entries(given).flatMap(([name, value]) => {
    const rule = pool.SchemaAttributes?.find((attribute) => attribute.Name === name);
    if (!rule) return [`${name}: Attribute does not exist in the schema.`];
    if (name === "sub" || (!born && rule.Mutable === false))
      throw invalidParameter(`Cannot modify the non-mutable attribute ${name}`);
    if (value === "" && !born) return rule.Required ? [`${name}: The attribute is required`] : [];
    return typeFault(rule, value).map((fault) => `${name}: ${fault}`);
  });
  refuse(faults);
  if (given.email && !isEmail(given.email)) throw invalidParameter("Invalid email address format.");
  if (given.phone_number && !isPhone(given.phone_number)) throw invalidParameter("Invalid phone number format.");
}

/** The attributes that a pool requires and a user lacks. */
export const missing = (pool: UserPoolType, attributes: Attributes): string[] =>
  (pool.SchemaAttributes ?? [])
    .filter(({ Name = "", Required }) => Required && Name !== "sub" && !attributes[Name])
    .map(({ Name = "" }) => Name);

export const checkComplete = (pool: UserPoolType, attributes: Attributes) =>
  refuse(missing(pool, attributes).map((name) => `${name}: The attribute is required`));

function refuse(faults: readonly string[]): void {
  if (faults.length)
    throw invalidParameter(`Attributes did not conform to the schema: ${faults.map((fault) => `${fault}\n`).join("")}`);
}

function typeFault(rule: NonNullable<UserPoolType["SchemaAttributes"]>[number], value: string): string[] {
  const { MinLength, MaxLength } = rule.StringAttributeConstraints ?? {};
  const { MinValue, MaxValue } = rule.NumberAttributeConstraints ?? {};
  const number = Number(value);
  switch (rule.AttributeDataType) {
    case "Number":
      if (!/^-?\d+(\.\d+)?$/.test(value)) return ["Attribute must be a number"];
      if (MinValue && number < Number(MinValue)) return [`Number must not be less than ${MinValue}`];
      if (MaxValue && number > Number(MaxValue)) return [`Number must not be greater than ${MaxValue}`];
      return [];
    case "Boolean":
      return /^(true|false)$/i.test(value) ? [] : ["Attribute must be true or false"];
    case "DateTime":
      return Number.isNaN(Date.parse(value)) ? ["Attribute must be a date"] : [];
    default:
      if (MinLength && value.length < Number(MinLength)) return [`String must not be shorter than ${MinLength}`];
      if (value.length > Number(MaxLength ?? 2048)) return [`String must not be longer than ${MaxLength ?? 2048}`];
      return [];
  }
}
