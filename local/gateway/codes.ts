import { createHash, randomInt } from "node:crypto";
import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import type { InPool } from "./context";
import { type Destination, deliveryTo, unprovenValue } from "./destinations";
import { isRefusal, refusal } from "./errors";
import { type Kind, sendMessage } from "./messages";
import { type Contact, canonical } from "./pool";
import { key } from "./store";
import type { Metadata } from "./triggers";
import { changeUser, type User } from "./users";

/** What a code is good for: to confirm a sign-up, to set a new password, or to prove an address or number. */
export type Purpose = "signUp" | "password" | Contact;

/** A code as it is kept. Six digits hide behind no hash for long, hence its short life too. */
export interface Code {
  readonly hash: string;
  readonly until: number;
  /** What it was sent to, and so what it proves. */
  readonly attribute: Contact;
}

const hour = 3_600_000;
const lifetime: Readonly<Record<Purpose, number>> = {
  signUp: 24 * hour,
  password: hour,
  email: 24 * hour,
  phone_number: 24 * hour,
};

/** A code to send, and what is kept of it. */
export function newCode(sub: string, purpose: Purpose, { attribute, address }: Destination) {
  const digits = String(randomInt(1_000_000)).padStart(6, "0");
  const code: Code = {
    hash: hashOf(sub, purpose, address, digits),
    until: Date.now() + lifetime[purpose],
    attribute,
  };
  return { digits, code };
}

/** The address is part of it, so that no code proves another than the one it went to. */
const hashOf = (...parts: [sub: string, purpose: Purpose, to: string, digits: string]) =>
  createHash("sha256").update(parts.join("/")).digest("hex");

/** Refuses a code that is wrong or too old; else tells what it proves, and the codes that are left. */
export function useCode(user: User, purpose: Purpose, typed: string): { codes: User["codes"]; proven: Destination } {
  const { [purpose]: code, ...codes } = user.codes;
  if (!code || code.until < Date.now()) throw expiredCode();
  const { attribute } = code;
  const address = attribute === purpose ? unprovenValue(user, attribute) : (user.attributes[attribute] ?? "");
  if (hashOf(user.sub, purpose, address, typed) !== code.hash) throw codeMismatch();
  return { codes, proven: { attribute, address } };
}

/** Why codes are sent, where to, and what the caller said to that. */
interface Errand {
  readonly kind: Exclude<Kind, "AdminCreateUser">;
  readonly to: readonly Destination[];
  readonly metadata: Metadata;
}

const purposes: Readonly<Partial<Record<Kind, Purpose>>> = {
  SignUp: "signUp",
  ResendCode: "signUp",
  ForgotPassword: "password",
};

/** Keeps new codes with a user, whom `change` changes or refuses, and sends them. */
export async function sendCodes(
  at: InPool,
  user: User,
  { kind, to, metadata }: Errand,
  change: (fresh: User) => Partial<User> = () => ({}),
): Promise<CodeDeliveryDetailsType[]> {
  const made = to.map((destination) => {
    const purpose = purposes[kind] ?? destination.attribute;
    return { purpose, to: destination, ...newCode(user.sub, purpose, destination) };
  });
  const codes = Object.fromEntries(made.map(({ purpose, code }) => [purpose, code]));
  const changed = await changeUser(at, user, (fresh) => ({ ...change(fresh), codes: { ...fresh.codes, ...codes } }));
  for (const { to, digits } of made) await sendMessage(at, { kind, user: changed, to, secret: digits, metadata });
  return to.map(deliveryTo);
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
