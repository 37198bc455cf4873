import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { invalidParameter } from "../exceptions";
import type { Attributes } from "../users/attributes";
import { isEmail, isPhone } from "./contacts";

/**
 * Checks attributes of a request against the pool's schema. Only a new user may have a value for what cannot change
 * later. For a user who exists, an empty value deletes the attribute.
 */
export function checkSchema(pool: UserPoolType, given: Attributes, isNew: boolean): void {
  const faults = Object.entries(given).flatMap(([name, value]) => {
    const rule = pool.SchemaAttributes?.find((attribute) => attribute.Name === name);
    if (!rule) return [`${name}: Attribute does not exist in the schema.`];
    if (name === "sub" || name === "identities" || (!isNew && rule.Mutable === false))
      throw invalidParameter(`Cannot modify the non-mutable attribute ${name}`);
    if (value === "" && !isNew) return rule.Required ? [`${name}: The attribute is required`] : [];
    return typeFault(rule, value).map((fault) => `${name}: ${fault}`);
  });
  requireNone(faults);
  if (given.email && !isEmail(given.email)) throw invalidParameter("Invalid email address format.");
  if (given.phone_number && !isPhone(given.phone_number)) throw invalidParameter("Invalid phone number format.");
}

/** The attributes that the pool requires and that the user does not have. */
export const missingAttributes = (pool: UserPoolType, attributes: Attributes): string[] =>
  (pool.SchemaAttributes ?? [])
    .filter(({ Name = "", Required }) => Required && Name !== "sub" && !attributes[Name])
    .map(({ Name = "" }) => Name);

export const checkComplete = (pool: UserPoolType, attributes: Attributes) =>
  requireNone(missingAttributes(pool, attributes).map((name) => `${name}: The attribute is required`));

function requireNone(faults: readonly string[]): void {
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
