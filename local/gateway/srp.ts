import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/** All that is kept of a password. @see https://www.rfc-editor.org/rfc/rfc5054#section-2.4 */
export interface Verifier {
  readonly salt: string;
  readonly verifier: string;
}

const number = (hex: string) => BigInt(`0x${hex || "0"}`);

/** Cognito's group is the 3072-bit one of RFC 3526 with generator 2, which Node knows as modp15. */
const group = getDiffieHellman("modp15");
const N = number(group.getPrime("hex"));
const g = number(group.getGenerator("hex"));
const k = hashed(padded(N), padded(g));

export function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base % N, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

/** The bytes of a number as Cognito hashes them: whole bytes, and never a leading bit that is set. */
export function padded(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}

function hashed(...parts: (Buffer | string)[]): bigint {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return number(hash.digest("hex"));
}

/** The part of a pool id that goes into every hash: all after the first underscore. */
const poolName = (poolId: string) => poolId.slice(poolId.indexOf("_") + 1);

/** x of RFC 5054; the identity is the user's real name, not an address typed for it. */
function privateKey(poolId: string, username: string, password: string, salt: bigint): bigint {
  const identity = createHash("sha256")
    .update(`${poolName(poolId)}${username}:${password}`)
    .digest();
  return hashed(padded(salt), identity);
}

export function makeVerifier(
  poolId: string,
  username: string,
  password: string,
  salt = randomBytes(16).toString("hex"),
): Verifier {
  const x = privateKey(poolId, username, password, number(salt));
  return { salt, verifier: power(g, x).toString(16) };
}

/** A password sent in the clear is checked by making its verifier again. */
export function passwordMatches(poolId: string, username: string, password: string, kept: Verifier): boolean {
  const made = makeVerifier(poolId, username, password, kept.salt).verifier;
  return equal(Buffer.from(made), Buffer.from(kept.verifier));
}

/** The server's half of a handshake: `b` stays here, `B` goes to the client. */
export function serverKeys(verifier: string): { b: string; B: string } {
  const b = randomBytes(32).toString("hex");
  const B = (k * number(verifier) + power(g, number(b))) % N;
  return { b, B: B.toString(16) };
}

/** A public key of zero would make the secret guessable. @see https://www.rfc-editor.org/rfc/rfc5054#section-2.5.4 */
export const isPublicKey = (A: string) => /^[0-9a-f]{1,1536}$/i.test(A) && number(A) % N !== 0n;

interface Claim {
  readonly poolId: string;
  readonly username: string;
  readonly A: string;
  readonly b: string;
  readonly verifier: string;
  readonly secretBlock: string;
  readonly timestamp: string;
}

/** What a client that knows the password signs with PASSWORD_CLAIM_SIGNATURE (base64). */
export function expectedSignature(claim: Claim): Buffer {
  const [A, b, v] = [number(claim.A), number(claim.b), number(claim.verifier)];
  const B = (k * v + power(g, b)) % N;
  const u = hashed(padded(A), padded(B));
  const secret = power(A * power(v, u), b);
  const sessionKey = hkdfSync("sha256", padded(secret), padded(u), "Caldera Derived Key", 16);
  return createHmac("sha256", Buffer.from(sessionKey))
    .update(`${poolName(claim.poolId)}${claim.username}`)
    .update(Buffer.from(claim.secretBlock, "base64"))
    .update(claim.timestamp)
    .digest();
}

export const signatureMatches = (claim: Claim, signature: string) =>
  equal(expectedSignature(claim), Buffer.from(signature, "base64"));

function equal(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
