import { createHash, createHmac, randomBytes } from "node:crypto";
import {
  expectedSignature,
  isPublicKey,
  makeVerifier,
  padded,
  passwordMatches,
  power,
  serverKeys,
  signatureMatches,
} from "../../local/gateway/srp";

const poolId = "eu-west-1_AbCdEfGhI";

interface Big {
  toString(radix: number): string;
}
type Done<T> = (error: Error | null, value: T) => void;

/** The sums of Amazon's own client library, which its types leave out. */
interface Helper {
  readonly N: Big;
  readonly k: Big;
  getLargeAValue(done: Done<Big>): void;
  getPasswordAuthenticationKey(username: string, password: string, B: Big, salt: Big, done: Done<Uint8Array>): void;
}
const Helper: new (poolName: string) => Helper = require("amazon-cognito-identity-js/lib/AuthenticationHelper").default;
const BigInteger: new (hex: string, radix: number) => Big =
  require("amazon-cognito-identity-js/lib/BigInteger").default;

describe("the numbers", () => {
  it("are whole bytes whose first bit is never set", () => {
    expect(padded(0x7fn).toString("hex")).toBe("7f");
    expect(padded(0x80n).toString("hex")).toBe("0080");
    expect(padded(0x123n).toString("hex")).toBe("0123");
    expect(padded(0x0n).toString("hex")).toBe("00");
  });

  it("have the prime and multiplier of Amazon's client", () => {
    const { N, k } = new Helper("AbCdEfGhI");
    const prime = BigInt(`0x${N.toString(16)}`);
    expect(power(2n, prime - 1n)).toBe(1n);
    const hash = createHash("sha256").update(padded(prime)).update(padded(2n)).digest("hex");
    expect(BigInt(`0x${k.toString(16)}`)).toBe(BigInt(`0x${hash}`));
  });

  it.each(["0", "", "xyz", "f".repeat(1537)])("refuse %p as a public key", (A) => {
    expect(isPublicKey(A)).toBe(false);
  });

  it("refuse a multiple of the prime as a public key", () => {
    expect(isPublicKey(new Helper("x").N.toString(16))).toBe(false);
  });
});

describe("a password", () => {
  const kept = makeVerifier(poolId, "rroe", "correct horse");

  it("matches its own verifier only", () => {
    expect(passwordMatches(poolId, "rroe", "correct horse", kept)).toBe(true);
    expect(passwordMatches(poolId, "rroe", "correct horsf", kept)).toBe(false);
    expect(passwordMatches(poolId, "someone", "correct horse", kept)).toBe(false);
    expect(passwordMatches("eu-west-1_Other", "rroe", "correct horse", kept)).toBe(false);
  });

  it("leaves no trace of itself in what is kept", () => {
    expect(JSON.stringify(kept)).not.toContain("horse");
    expect(makeVerifier(poolId, "rroe", "correct horse").verifier).not.toBe(kept.verifier);
  });
});

describe("a handshake with Amazon's client", () => {
  /** Both sides of one sign-in; the salts and keys are random, so that odd lengths come up. */
  async function shake(stored: string, typed: string, salt = randomBytes(16).toString("hex")) {
    const { verifier } = makeVerifier(poolId, "jürgen", stored, salt);
    const client = new Helper("AbCdEfGhI");
    const A = await new Promise<Big>((resolve) => client.getLargeAValue((_, value) => resolve(value)));
    const { b, B } = serverKeys(verifier);
    const key = await new Promise<Uint8Array>((resolve) =>
      client.getPasswordAuthenticationKey(
        "jürgen",
        typed,
        new BigInteger(B, 16),
        new BigInteger(salt, 16),
        (_, value) => resolve(value),
      ),
    );
    const secretBlock = randomBytes(64).toString("base64");
    const timestamp = "Sun Nov 1 09:08:07 UTC 2026";
    const signature = createHmac("sha256", key)
      .update("AbCdEfGhIjürgen")
      .update(Buffer.from(secretBlock, "base64"))
      .update(timestamp)
      .digest("base64");
    const claim = {
      poolId,
      username: "jürgen",
      A: A.toString(16),
      b,
      verifier,
      secretBlock,
      timestamp,
    };
    return { claim, signature };
  }

  it("ends in the same signature, each time", async () => {
    for (let i = 0; i < 6; i++) {
      const { claim, signature } = await shake("pässword", "pässword");
      expect(signatureMatches(claim, signature)).toBe(true);
    }
  });

  it("copes with salts that start with zeros or a high bit", async () => {
    for (const salt of ["00".repeat(2) + "ab".repeat(14), "ff".repeat(16), "0f".repeat(16)]) {
      const { claim, signature } = await shake("p", "p", salt);
      expect(signatureMatches(claim, signature)).toBe(true);
    }
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
