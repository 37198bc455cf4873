import type { AttributeType } from "@aws-sdk/client-cognito-identity-provider";
import type { Contact } from "../pools/contacts";

export type Attributes = Readonly<Record<string, string>>;

/** Requests and answers hold a list of names and values; here it is a record. `toList` is the way back. */
export const toRecord = (list: readonly AttributeType[] = []): Record<string, string> =>
  Object.fromEntries(list.map(({ Name = "", Value = "" }) => [Name, Value]));
export const toList = (attributes: Attributes): AttributeType[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/**
 * Whether an address or number is verified. An administrator may write `True`, and AWS hands on what was written
 * (aws-amplify/amplify-js#8205).
 */
export const isVerified = (attributes: Attributes, name: string) =>
  attributes[`${name}_verified`]?.toLowerCase() === "true";

const addresses: readonly Contact[] = ["email", "phone_number"];

/**
 * The attributes after a change. A new address or number is not verified. An attribute with an empty value is deleted,
 * and with an address or number its `_verified` flag.
 */
export function overwritten(before: Attributes, given: Attributes): Attributes {
  const unverified = addresses.filter((name) => given[name] !== undefined && given[name] !== before[name]);
  const flags = Object.fromEntries(unverified.map((name) => [`${name}_verified`, "false"]));
  const after: Attributes = { ...before, ...flags, ...given };
  const deletedFlags = addresses.filter((name) => after[name] === "").map((name) => `${name}_verified`);
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => value !== "" && !deletedFlags.includes(name)),
  );
}
