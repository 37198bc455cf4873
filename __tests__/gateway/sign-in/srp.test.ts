import { createHash, randomBytes } from "node:crypto";
import {
  expectedSignature,
  isPublicKey,
  makeVerifier,
  padded,
  passwordMatches,
  power,
  serverKeys,
  signatureMatches,
} from "../../../gateway/sign-in/srp";
import { amazonsPower, BigInteger } from "../../amazons-client";
import { AMAZONS, POOL_ID, srpClient } from "../srp-client";

describe("the numbers", () => {
  it("are whole bytes whose first bit is never set", () => {
    expect(padded(0x7fn).toString("hex")).toBe("7f");
    expect(padded(0x80n).toString("hex")).toBe("0080");
    expect(padded(0x123n).toString("hex")).toBe("0123");
    expect(padded(0x0n).toString("hex")).toBe("00");
  });

  it("have the prime and multiplier of Amazon's client", () => {
    const prime = BigInt(`0x${AMAZONS.N}`);
    expect((2n * power(2n, prime - 2n)) % prime).toBe(1n);
    const hash = createHash("sha256").update(padded(prime)).update(padded(2n)).digest("hex");
    expect(BigInt(`0x${AMAZONS.k}`)).toBe(BigInt(`0x${hash}`));
  });

  it("have the powers that repeated squaring gives", () => {
    const N = BigInt(`0x${AMAZONS.N}`);
    const squared = (base: bigint, exponent: bigint): bigint => {
      if (exponent === 0n) return 1n;
      const half = squared((base * base) % N, exponent >> 1n);
      return exponent & 1n ? (half * base) % N : half;
    };
    const random = (bytes: number) => BigInt(`0x${randomBytes(bytes).toString("hex")}`);
    const exponents = [0n, 1n, 2n, 255n, 256n, 2n ** 256n - 1n, 2n ** 300n, N - 2n, random(32), random(31)];
    for (const base of [0n, 1n, 2n, 3n, N - 2n, N - 1n, N, N + 1n, N * N - 1n, random(384), random(500)]) {
      for (const exponent of exponents) expect(power(base, exponent)).toBe(squared(base % N, exponent));
    }
  });

  it("are those of Amazon's client in the client of these tests", () => {
    const number = (bytes: number) => new BigInteger(randomBytes(bytes).toString("hex"), 16);
    const [base, exponent, prime] = [number(500), number(128), new BigInteger(AMAZONS.N, 16)];
    const powers = [amazonsPower, BigInteger.prototype.modPow].map((power) => {
      const done = jest.fn();
      power.call(base, exponent, prime, done);
      return done.mock.calls[0][1].toString(16);
    });
    expect(powers[1]).toBe(powers[0]);
  });

  it.each(["0", "", "xyz", "f".repeat(1537)])("refuse %p as a public key", (A) => {
    expect(isPublicKey(A)).toBe(false);
  });

  it("refuse a multiple of the prime as a public key", () => {
    expect(isPublicKey(AMAZONS.N)).toBe(false);
  });
});

describe("a password", () => {
  const stored = makeVerifier(POOL_ID, "rroe", "correct horse");

  it("matches its own verifier only", () => {
    expect(passwordMatches(POOL_ID, "rroe", "correct horse", stored)).toBe(true);
    expect(passwordMatches(POOL_ID, "rroe", "correct horsf", stored)).toBe(false);
    expect(passwordMatches(POOL_ID, "someone", "correct horse", stored)).toBe(false);
    expect(passwordMatches("eu-west-1_Other", "rroe", "correct horse", stored)).toBe(false);
  });

  it("cannot be read from its verifier", () => {
    expect(JSON.stringify(stored)).not.toContain("horse");
    expect(makeVerifier(POOL_ID, "rroe", "correct horse").verifier).not.toBe(stored.verifier);
  });
});

describe("a handshake with Amazon's client", () => {
  /** Both sides of one sign-in; the keys are random, so that odd lengths come up. */
  async function shake(stored: string, typed: string, salt = randomBytes(16).toString("hex")) {
    const username = "jürgen";
    const { verifier } = makeVerifier(POOL_ID, username, stored, salt);
    const { SRP_A: A, answer } = await srpClient(typed);
    const { b, B } = serverKeys(verifier);
    const secretBlock = randomBytes(64).toString("base64");
    const said = await answer({ USER_ID_FOR_SRP: username, SRP_B: B, SALT: salt, SECRET_BLOCK: secretBlock });
    const { TIMESTAMP: timestamp, PASSWORD_CLAIM_SIGNATURE: signature } = said;
    return { claim: { poolId: POOL_ID, username, A, b, verifier, secretBlock, timestamp }, signature };
  }

  const SALTS = ["0f".repeat(16), `0000${"ab".repeat(14)}`, "ff".repeat(16), undefined];

  it.each(SALTS)("ends in the same signature, with the salt %s too", async (salt) => {
    const { claim, signature } = await shake("pässword", "pässword", salt);
    expect(signatureMatches(claim, signature)).toBe(true);
  });

  it("fails with another password, time or block", async () => {
    const wrong = await shake("right", "wrong");
    expect(signatureMatches(wrong.claim, wrong.signature)).toBe(false);
    const { claim, signature } = await shake("right", "right");
    expect(signatureMatches({ ...claim, timestamp: "later" }, signature)).toBe(false);
    expect(signatureMatches({ ...claim, secretBlock: "AAAA" }, signature)).toBe(false);
    expect(signatureMatches(claim, "")).toBe(false);
    expect(expectedSignature(claim).toString("base64")).toBe(signature);
  });
});
