import { createDiffieHellman, createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from "node:crypto";
import { sameBytes } from "../same-bytes";

/** What is kept of a password. @see https://www.rfc-editor.org/rfc/rfc5054#section-2.4 */
export interface PasswordVerifier {
  readonly salt: string;
  readonly verifier: string;
}

const number = (hex: string) => BigInt(`0x${hex || "0"}`);

/** Cognito uses the 3072-bit group of RFC 3526 with generator 2, which Node calls modp15. */
const group = getDiffieHellman("modp15");
const N = number(group.getPrime("hex"));
const g = number(group.getGenerator("hex"));
const k = hashed(padded(N), padded(g));

/** Node computes powers in its group only as a key exchange, in a sixth of the time that BigInt takes. */
const exchange = createDiffieHellman(group.getPrime(), group.getGenerator());

/** A power modulo the prime, with an exponent below the prime less one. Those of SRP are hashes of 256 bits. */
export function power(base: bigint, exponent: bigint): bigint {
  const reduced = base % N;
  // A key exchange refuses these numbers.
  if (exponent === 0n) return 1n;
  if (reduced === 0n || reduced === 1n) return reduced;
  if (reduced === N - 1n) return exponent % 2n ? reduced : 1n;
  exchange.setPrivateKey(evenHex(exponent), "hex");
  return number(exchange.computeSecret(evenHex(reduced), "hex", "hex"));
}

/** The hexadecimal digits of whole bytes. */
function evenHex(value: bigint): string {
  const hex = value.toString(16);
  return hex.length % 2 ? `0${hex}` : hex;
}

/** The bytes of a number as Cognito hashes them: whole bytes, with a zero byte before a first bit that is set. */
export function padded(value: bigint): Buffer {
  const hex = evenHex(value);
  return Buffer.from(/^[89a-f]/.test(hex) ? `00${hex}` : hex, "hex");
}

function hashed(...parts: (Buffer | string)[]): bigint {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return number(hash.digest("hex"));
}

/** The part of a pool id that every hash contains: what follows the first underscore. */
const poolName = (poolId: string) => poolId.slice(poolId.indexOf("_") + 1);

/** The `x` of RFC 5054. Its identity is the user name, also where the person typed an address. */
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
): PasswordVerifier {
  const x = privateKey(poolId, username, password, number(salt));
  return { salt, verifier: power(g, x).toString(16) };
}

/** Checks a password that was sent in the clear: it must give the same verifier. */
export function passwordMatches(poolId: string, username: string, password: string, stored: PasswordVerifier): boolean {
  const made = makeVerifier(poolId, username, password, stored.salt).verifier;
  return sameBytes(Buffer.from(made), Buffer.from(stored.verifier));
}

/** The server's two keys of a handshake: `b` is secret, `B` is for the client. */
export function serverKeys(verifier: string): { b: string; B: string } {
  const b = randomBytes(32).toString("hex");
  const B = (k * number(verifier) + power(g, number(b))) % N;
  return { b, B: B.toString(16) };
}

/** A public key of zero would make the secret guessable. @see https://www.rfc-editor.org/rfc/rfc5054#section-2.5.4 */
export const isPublicKey = (A: string) => /^[0-9a-f]{1,1536}$/i.test(A) && number(A) % N !== 0n;

interface Handshake {
  readonly poolId: string;
  readonly username: string;
  readonly A: string;
  readonly b: string;
  readonly verifier: string;
  readonly secretBlock: string;
  readonly timestamp: string;
}

/** The PASSWORD_CLAIM_SIGNATURE of a client that knows the password. */
export function expectedSignature(handshake: Handshake): Buffer {
  const [A, b, v] = [number(handshake.A), number(handshake.b), number(handshake.verifier)];
  const B = (k * v + power(g, b)) % N;
  const u = hashed(padded(A), padded(B));
  const secret = power(A * power(v, u), b);
  const sessionKey = hkdfSync("sha256", padded(secret), padded(u), "Caldera Derived Key", 16);
  return createHmac("sha256", Buffer.from(sessionKey))
    .update(`${poolName(handshake.poolId)}${handshake.username}`)
    .update(Buffer.from(handshake.secretBlock, "base64"))
    .update(handshake.timestamp)
    .digest();
}

export const signatureMatches = (handshake: Handshake, signature: string) =>
  sameBytes(expectedSignature(handshake), Buffer.from(signature, "base64"));
