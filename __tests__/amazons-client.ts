import { createDiffieHellman, getDiffieHellman } from "node:crypto";

type Done<T> = (error: Error | null, value: T) => void;
/** A number of Amazon's client library, whose types leave it out. */
export interface Big {
  toString(radix: number): string;
  mod(modulus: Big): Big;
  modPow(exponent: Big, modulus: Big, done: Done<Big>): void;
}
export const BigInteger: { new (hex: string, radix: number): Big; readonly prototype: Big } =
  require("amazon-cognito-identity-js/lib/BigInteger").default;

/** The powers of Amazon's client, which take 60 ms each; a sign-in needs three. */
export const amazonsPower = BigInteger.prototype.modPow;

const group = getDiffieHellman("modp15");
const exchange = createDiffieHellman(group.getPrime(), group.getGenerator());
const evenHex = (value: Big) => value.toString(16).replace(/^(?=(..)*.$)/, "0");

// In tests it has those of OpenSSL's key exchange instead. They are the same: gateway/sign-in/srp.test.ts compares them.
BigInteger.prototype.modPow = function (exponent, modulus, done) {
  exchange.setPrivateKey(evenHex(exponent), "hex");
  done(null, new BigInteger(exchange.computeSecret(evenHex(this.mod(modulus)), "hex", "hex"), 16));
};
