import { createHmac } from "node:crypto";
import { type Big, BigInteger } from "../amazons-client";

type Done<T> = (error: Error | null, value: T) => void;
/** A part of Amazon's client library, whose types leave it out. */
interface Helper {
  readonly N: Big;
  readonly k: Big;
  getLargeAValue(done: Done<Big>): void;
  getPasswordAuthenticationKey(username: string, password: string, B: Big, salt: Big, done: Done<Uint8Array>): void;
}
const Helper: new (poolName: string) => Helper = require("amazon-cognito-identity-js/lib/AuthenticationHelper").default;

const POOL_NAME = "AbCdEfGhI";
export const POOL_ID = `eu-west-1_${POOL_NAME}`;

/** The prime and the multiplier of Amazon's client, in hex. */
export const AMAZONS = (({ N, k }) => ({ N: N.toString(16), k: k.toString(16) }))(new Helper(POOL_NAME));

/** Proves a password as Amazon's own client does: its public key, and the answer to PASSWORD_VERIFIER. */
export async function srpClient(password: string) {
  const helper = new Helper(POOL_NAME);
  const A = await new Promise<Big>((resolve) => helper.getLargeAValue((_, value) => resolve(value)));
  return {
    SRP_A: A.toString(16),
    async answer({ USER_ID_FOR_SRP = "", SRP_B = "", SALT = "", SECRET_BLOCK = "" }: Record<string, string>) {
      const [B, salt] = [new BigInteger(SRP_B, 16), new BigInteger(SALT, 16)];
      const key = await new Promise<Uint8Array>((resolve) =>
        helper.getPasswordAuthenticationKey(USER_ID_FOR_SRP, password, B, salt, (_, value) => resolve(value)),
      );
      const TIMESTAMP = "Sun Nov 1 09:08:07 UTC 2026";
      const signature = createHmac("sha256", key)
        .update(`${POOL_NAME}${USER_ID_FOR_SRP}`)
        .update(Buffer.from(SECRET_BLOCK, "base64"))
        .update(TIMESTAMP);
      return {
        USERNAME: USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: signature.digest("base64"),
        TIMESTAMP,
      };
    },
  };
}
