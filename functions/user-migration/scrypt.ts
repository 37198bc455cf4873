import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/**
 * What scrypt costs, by the names of RFC 7914: n and r the memory, all three the time.
 * @see https://www.rfc-editor.org/rfc/rfc7914
 */
export interface Cost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** A password as a legacy directory stores it. */
export interface HashedPassword extends Cost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** The default cost, which is RFC 7914's cost for a sign-in and Node's default. */
export const DEFAULT_COST: Cost = { n: 16384, r: 8, p: 1 };

/**
 * The maximum of n × r × p. It needs 128 MiB of memory, half of what a function has, and 0.3 s of a whole processor,
 * which is 2 s of a function's share. OWASP's recommendations are below it.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
 */
const MOST_WORK = 2 ** 20;

/** A stored password that cannot be checked. The message names the parameter, and nothing about the person. */
export class UnusablePassword extends Error {
  override readonly name = "UnusablePassword";
}

/**
 * Whether it is this password.
 * @throws UnusablePassword when the check would cost too much, or would prove nothing
 */
export async function isPassword(password: string, { salt, hash, ...cost }: HashedPassword): Promise<boolean> {
  requireCost(cost);
  // Two empty hashes are equal for every password.
  requireWithin("length of hash", hash.length, 16, 128);
  requireWithin("length of salt", salt.length, 1, 1024);
  return timingSafeEqual(await derive(password, salt, hash.length, cost), hash);
}

/** Takes as long as a check of a password with the default cost. */
export async function pretendToCheck(password: string): Promise<void> {
  await derive(password, Buffer.alloc(16), 32, DEFAULT_COST);
}

/** Hashes a password as a legacy directory would: for trying the migration, and for its tests. */
export async function hashPassword(password: string, cost: Cost = DEFAULT_COST): Promise<HashedPassword> {
  requireCost(cost);
  const salt = randomBytes(16);
  return { ...cost, salt, hash: await derive(password, salt, 32, cost) };
}

function requireCost({ n, r, p }: Cost): void {
  requireWithin("r", r, 1, 32);
  requireWithin("p", p, 1, 64);
  const most = Math.min(MOST_WORK, 2 ** (16 * r - 1));
  requireWithin("n", n, 2, most);
  if (!Number.isInteger(Math.log2(n))) throw new UnusablePassword(`n is ${n}, but it must be a power of two`);
  requireWithin("n * r * p", n * r * p, 1, MOST_WORK);
}

function requireWithin(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new UnusablePassword(`${name} is ${value}, but it must be a whole number from ${least} to ${most}`);
}

/** Runs in a thread of its own, so that it does not block the function. */
function derive(password: string, salt: Buffer, length: number, { n, r, p }: Cost): Promise<Buffer> {
  // The memory that OpenSSL counts. Node's default limit is too low for most costs.
  const maxmem = 128 * r * (n + p + 2) + 1;
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, { N: n, r, p, maxmem }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
