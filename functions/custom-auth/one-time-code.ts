import { createHash, randomInt, randomUUID, timingSafeEqual } from "node:crypto";

/** Seconds that a code is valid, from when it was made. */
export const LIFE = 120;

/** All times are seconds since 1970, as DynamoDB wants them. */
export const secondsNow = () => Math.floor(Date.now() / 1000);

export interface OneTimeCode {
  readonly code: string;
  /** From when on it is not valid. */
  readonly until: number;
}

/** As many as Cognito's own one-time passwords have: ten guesses every half minute come to 0.03 % a day. */
const DIGITS = 8;

export function makeCode(now = secondsNow()): OneTimeCode {
  return { code: String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0"), until: now + LIFE };
}

/** What is compared where nobody got a code: it cannot be guessed, and has always run out. */
export const nobodysCode = (): OneTimeCode => ({ code: randomUUID(), until: 0 });

/** Whether an answer is the code, in time; how long that takes says nothing about how much of it was right. */
export function isRight({ code, until }: OneTimeCode, answer: string, now = secondsNow()): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(code), hash(answer.trim())) && now < until;
}
