import { createHmac } from "node:crypto";
import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import type { PoolContext } from "../context";
import { deliveryDetails } from "../messages/destinations";
import { type Contact, isEmail, isPhone, verifies } from "../pools/contacts";
import { canonical, findsBy, signsInWith } from "../pools/user-names";
import { makeVerifier, type PasswordVerifier } from "../sign-in/srp";
import { poolKeys } from "../tokens/pool-keys";
import type { User } from "./user";

// Where an app client hides which users exist, an unknown user gets the same answers as a user who exists. Everything
// in them is made up here.

/**
 * Makes up values for a name that no user has, in hex. The same name always gets the same values.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
async function inventorFor(context: PoolContext, typed: string): Promise<(what: string) => string> {
  const { secret } = await poolKeys(context.store, context.poolId);
  const name = canonical(context.pool, typed);
  return (what) => createHmac("sha256", secret).update(`${what}/${name}`).digest("hex");
}

/** The user name that the answer to a client contains. */
export async function usernameFor(context: PoolContext, typed: string, user?: User): Promise<string> {
  if (user) return user.username;
  const { pool } = context;
  const isAddress = signsInWith(pool, "email") || signsInWith(pool, "phone_number") || /@|^\+/.test(typed);
  return isAddress ? likeUuid((await inventorFor(context, typed))("sub")) : canonical(pool, typed);
}

/** The user name and password verifier of a user. They are made up where the user or the password does not exist. */
export async function verifierFor(
  context: PoolContext,
  typed: string,
  user?: User,
): Promise<{ username: string; verifier: PasswordVerifier }> {
  if (user?.password) return { username: user.username, verifier: user.password };
  const invent = await inventorFor(context, typed);
  const username = await usernameFor(context, typed, user);
  const verifier = makeVerifier(context.poolId, username, invent("password"), invent("salt").slice(0, 32));
  return { username, verifier };
}

/** In the form of a random UUID, with its version and variant. */
const likeUuid = (hex: string) =>
  hex.replace(
    /^(.{8})(.{4}).(.{3})(.)(.{3})(.{12}).*$/,
    (_, a, b, c, variant, d, e) => `${a}-${b}-4${c}-${"89ab"[Number.parseInt(variant, 16) % 4]}${d}-${e}`,
  );

/**
 * Where a code would have been sent, among the `possible` contacts. A person who typed an address or number sees it in
 * the answer, as a user who has it would.
 */
export async function simulatedDelivery(
  context: PoolContext,
  typed: string,
  possible: readonly Contact[],
): Promise<CodeDeliveryDetailsType> {
  const fits = { email: isEmail, phone_number: isPhone };
  const typedContact = possible.find((contact) => findsBy(context.pool, contact) && fits[contact](typed));
  if (typedContact) return deliveryDetails({ attribute: typedContact, address: typed });
  const bytes = Buffer.from((await inventorFor(context, typed))("delivery"), "hex");
  const letter = (index: number) => String.fromCharCode(97 + ((bytes[index] ?? 0) % 26));
  const attribute = possible.find((contact) => verifies(context.pool, contact)) ?? possible[0] ?? "email";
  const number = `+1${String(bytes.readUInt32BE(2)).padStart(10, "0")}`;
  return deliveryDetails({ attribute, address: attribute === "email" ? `${letter(0)}@${letter(1)}` : number });
}
