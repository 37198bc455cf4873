import { createHmac } from "node:crypto";
import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import type { InPool } from "./context";
import { deliveryTo } from "./destinations";
import { type Contact, canonical, findsBy, isEmail, isPhone, proves, signsInWith } from "./pool";
import { poolKeys } from "./pool-keys";
import { makeVerifier, type Verifier } from "./srp";
import type { User } from "./users";

/**
 * Things about a user that nobody is, in hex: made up, and the same from call to call.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
async function madeUp(at: InPool, typed: string): Promise<(what: string) => string> {
  const { secret } = await poolKeys(at.store, at.poolId);
  const name = canonical(at.pool, typed);
  return (what) => createHmac("sha256", secret).update(`${what}/${name}`).digest("hex");
}

/** The name that the client is told, of a user or of nobody. */
export async function nameOf(at: InPool, typed: string, user?: User): Promise<string> {
  if (user) return user.username;
  const address = signsInWith(at.pool, "email") || signsInWith(at.pool, "phone_number") || /@|^\+/.test(typed);
  return address ? likeUuid((await madeUp(at, typed))("sub")) : canonical(at.pool, typed);
}

/** The real name and verifier of a user, or made-up ones. */
export async function secretsOf(at: InPool, typed: string, user?: User): Promise<{ username: string; kept: Verifier }> {
  if (user?.password) return { username: user.username, kept: user.password };
  const about = await madeUp(at, typed);
  const username = await nameOf(at, typed, user);
  const kept = makeVerifier(at.poolId, username, about("password"), about("salt").slice(0, 32));
  return { username, kept };
}

/** In the shape of a random UUID, version and variant too. */
const likeUuid = (hex: string) =>
  hex.replace(
    /^(.{8})(.{4}).(.{3})(.)(.{3})(.{12}).*$/,
    (_, a, b, c, variant, d, e) => `${a}-${b}-4${c}-${"89ab"[Number.parseInt(variant, 16) % 4]}${d}-${e}`,
  );

/**
 * Where a code would have gone, of the ways it could: the address or number itself where one was typed, as for a user
 * who has it.
 */
export async function simulatedDelivery(
  at: InPool,
  typed: string,
  ways: readonly Contact[],
): Promise<CodeDeliveryDetailsType> {
  const fits = { email: isEmail, phone_number: isPhone };
  const named = ways.find((way) => findsBy(at.pool, way) && fits[way](typed));
  if (named) return deliveryTo({ attribute: named, address: typed });
  const bytes = Buffer.from((await madeUp(at, typed))("delivery"), "hex");
  const letter = (index: number) => String.fromCharCode(97 + ((bytes[index] ?? 0) % 26));
  const attribute = ways.find((way) => proves(at.pool, way)) ?? ways[0] ?? "email";
  const number = `+1${String(bytes.readUInt32BE(2)).padStart(10, "0")}`;
  return deliveryTo({ attribute, address: attribute === "email" ? `${letter(0)}@${letter(1)}` : number });
}
