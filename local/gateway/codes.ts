import { createHash, randomInt } from "node:crypto";
import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import type { InPool } from "./context";
import { isRefusal, refusal } from "./errors";
import { mail } from "./mail";
import { canonical } from "./pool";
import { key } from "./store";
import { changeUser, type User } from "./users";

/** What a code is good for: to confirm a sign-up, to set a new password, or to prove an address. */
export type Purpose = "signUp" | "password" | "email";

/** A code as it is kept. Six digits hide behind no hash for long, hence its short life too. */
export interface Code {
  readonly hash: string;
  readonly until: number;
}

const hour = 3_600_000;
const lifetime: Readonly<Record<Purpose, number>> = {
  signUp: 24 * hour,
  password: hour,
  email: 24 * hour,
};

/** A code to send to an address, and what is kept of it. */
export function newCode(sub: string, purpose: Purpose, to: string) {
  const digits = String(randomInt(1_000_000)).padStart(6, "0");
  const until = Date.now() + lifetime[purpose];
  const code: Code = { hash: hashOf(sub, purpose, to, digits), until };
  return { to, digits, code };
}

/** The address is part of it, so that no code proves another than the one it went to. */
const hashOf = (...parts: [sub: string, purpose: Purpose, to: string, digits: string]) =>
  createHash("sha256").update(parts.join("/")).digest("hex");

/** Refuses a code that is wrong or too old; the user is left without it where it is right. */
export function useCode(user: User, purpose: Purpose, typed: string, to = user.attributes.email ?? ""): User["codes"] {
  const { [purpose]: code, ...others } = user.codes;
  if (!code || code.until < Date.now()) throw expiredCode();
  if (hashOf(user.sub, purpose, to, typed) !== code.hash) throw codeMismatch();
  return others;
}

/** Keeps a new code with a user, whom `change` changes or refuses, and mails it. */
export async function sendCode(
  at: InPool,
  user: User,
  purpose: Purpose,
  to: string,
  change: (fresh: User) => Partial<User> = () => ({}),
): Promise<CodeDeliveryDetailsType> {
  const { digits, code } = newCode(user.sub, purpose, to);
  await changeUser(at, user, (fresh) => ({
    ...change(fresh),
    codes: { ...fresh.codes, [purpose]: code },
  }));
  await mail(at, "code", to, digits, user.username);
  return deliveryTo(to);
}

export const expiredCode = () => refusal("ExpiredCodeException", "Invalid code provided, please request a code again.");
export const codeMismatch = () =>
  refusal("CodeMismatchException", "Invalid verification code provided, please try again.");

const tries = 5;
const pause = hour / 4;

/** Runs `work`, and after too many wrong codes for a name, existing or not, refuses to for a while. */
export function countingMismatches<T>(at: InPool, name: string, purpose: Purpose, work: () => Promise<T>): Promise<T> {
  const counter = key("mismatches", at.poolId, purpose, canonical(at.pool, name));
  return at.store.locked([counter], async () => {
    const kept = at.store.get<{ count: number; until: number }>(counter);
    const count = kept && kept.until > Date.now() ? kept.count : 0;
    if (count >= tries) throw refusal("LimitExceededException", "Attempt limit exceeded, please try after some time.");
    try {
      const result = await work();
      if (kept) await at.store.commit([[counter, undefined]]);
      return result;
    } catch (error) {
      if (isRefusal(error, "CodeMismatchException"))
        await at.store.commit([[counter, { count: count + 1, until: Date.now() + pause }]]);
      throw error;
    }
  });
}

/** Where a code went, as the caller may see it: the first letters only. */
export const deliveryTo = (address: string): CodeDeliveryDetailsType => ({
  AttributeName: "email",
  DeliveryMedium: "EMAIL",
  Destination: address.replace(/^(.).*@(.).*$/u, "$1***@$2***"),
});
