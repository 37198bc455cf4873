import { createHash, randomInt, randomUUID, timingSafeEqual } from "node:crypto";

/** How long a code is valid, in seconds. */
export const LIFE = 120;

/** The time in seconds since 1970, as DynamoDB needs it. */
export const secondsNow = () => Math.floor(Date.now() / 1000);

export interface OneTimeCode {
  readonly code: string;
  /** When it expires, in seconds since 1970. */
  readonly until: number;
}

/**
 * As many as in Cognito's own one-time passwords. Ten codes in ten minutes with three guesses each find a code with a
 * chance of 0.005 % a day.
 */
const DIGITS = 8;

export function makeCode(now = secondsNow()): OneTimeCode {
  return { code: String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0"), until: now + LIFE };
}

/** A code for when no code was sent. Nobody can guess it, and it has expired. */
export const nobodysCode = (): OneTimeCode => ({ code: randomUUID(), until: 0 });

/** Whether an answer is the code and not too late. The comparison takes the same time for every answer. */
export function isRight({ code, until }: OneTimeCode, answer: string, now = secondsNow()): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(code), hash(answer.normalize("NFKC").replace(/\s/g, ""))) && now < until;
}
