import { randomUUID } from "node:crypto";
import type { PoolContext } from "../context";
import { invalidParameter } from "../exceptions";
import { checkComplete, checkSchema } from "../pools/schema";
import { attributeOfName, canonical } from "../pools/user-names";
import type { Attributes } from "./attributes";
import type { User } from "./user";

/** A user who is not in the store yet, and has no status. */
export type NewUser = Omit<User, "status">;

/** Makes a user of a name and attributes. Where people sign in with an address, the user name is the `sub`. */
export function newUser({ pool, signed }: PoolContext, typed: string, given: Attributes): NewUser {
  const attribute = attributeOfName(pool, typed);
  const attributes = attribute ? { ...given, [attribute]: typed } : given;
  if (attribute && given[attribute] && given[attribute] !== typed)
    throw invalidParameter(
      `User ${attribute === "email" ? "email" : "phone number"} should be empty or same as username, since username attribute is ${attribute}.`,
    );
  checkSchema(pool, attributes, true);
  // A user whom an administrator makes gives the missing attributes at the first sign-in.
  if (!signed) checkComplete(pool, attributes);
  const sub = randomUUID();
  const username = attribute ? sub : canonical(pool, typed);
  return { username, sub, attributes, enabled: true, codes: {}, created: Date.now(), modified: Date.now() };
}
