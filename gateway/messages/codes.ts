import { createHash, randomInt } from "node:crypto";
import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import type { PoolContext } from "../context";
import { exception } from "../exceptions";
import type { Metadata } from "../triggers/user-event";
import type { CodePurpose, StoredCode, User } from "../users/user";
import { changeUser } from "../users/user-store";
import { type Destination, deliveryDetails, valueToVerify } from "./destinations";
import type { MessageKind } from "./message-texts";
import { sendMessage } from "./send-message";

const hour = 3_600_000;
const lifetimes: Readonly<Record<CodePurpose, number>> = {
  signUp: 24 * hour,
  password: hour,
  email: 24 * hour,
  phone_number: 24 * hour,
};

/** Makes a code: `digits` are for the user, `stored` is what is kept. */
export function newCode(sub: string, purpose: CodePurpose, { attribute, address }: Destination) {
  const digits = String(randomInt(1_000_000)).padStart(6, "0");
  const stored: StoredCode = {
    hash: hashOf(sub, purpose, address, digits),
    until: Date.now() + lifetimes[purpose],
    attribute,
  };
  return { digits, stored };
}

/** The hash contains the address, so that a code verifies no other address than the one that it was sent to. */
const hashOf = (...parts: [sub: string, purpose: CodePurpose, to: string, digits: string]) =>
  createHash("sha256").update(parts.join("/")).digest("hex");

/**
 * Checks the code that a user sent.
 * @returns the codes that the user still has, and the destination that this code has verified
 */
export function useCode(
  user: User,
  purpose: CodePurpose,
  digits: string,
): { codes: User["codes"]; verified: Destination } {
  const { [purpose]: code, ...codes } = user.codes;
  if (!code || code.until < Date.now()) throw expiredCode();
  const { attribute } = code;
  const address = attribute === purpose ? valueToVerify(user, attribute) : (user.attributes[attribute] ?? "");
  if (hashOf(user.sub, purpose, address, digits) !== code.hash) throw codeMismatch();
  return { codes, verified: { attribute, address } };
}

interface CodeMessages {
  readonly kind: Exclude<MessageKind, "AdminCreateUser">;
  /** One code is sent to each. */
  readonly to: readonly Destination[];
  readonly metadata: Metadata;
}

/** Codes of other kinds are for the attribute that they are sent to. */
const purposes: Readonly<Partial<Record<MessageKind, CodePurpose>>> = {
  SignUp: "signUp",
  ResendCode: "signUp",
  ForgotPassword: "password",
};

/** Stores new codes with a user, and sends them. `change` may change the user in the same write, or throw. */
export async function sendCodes(
  context: PoolContext,
  user: User,
  { kind, to, metadata }: CodeMessages,
  change: (fresh: User) => Partial<User> = () => ({}),
): Promise<CodeDeliveryDetailsType[]> {
  const made = to.map((destination) => {
    const purpose = purposes[kind] ?? destination.attribute;
    return { purpose, to: destination, ...newCode(user.sub, purpose, destination) };
  });
  const codes = Object.fromEntries(made.map(({ purpose, stored }) => [purpose, stored]));
  const changed = await changeUser(context, user, (fresh) => ({
    ...change(fresh),
    codes: { ...fresh.codes, ...codes },
  }));
  for (const { to, digits } of made) await sendMessage(context, { kind, user: changed, to, secret: digits, metadata });
  return to.map(deliveryDetails);
}

export const expiredCode = () =>
  exception("ExpiredCodeException", "Invalid code provided, please request a code again.");
export const codeMismatch = () =>
  exception("CodeMismatchException", "Invalid verification code provided, please try again.");
