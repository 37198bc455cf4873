import { createHmac } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The code that an app shows at a time, in milliseconds: made from RFC 6238 and RFC 4226, without the gateway's library. */
export function timedCode(secret: string, at = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** A code that is wrong at that time, and in the steps around it. */
export function wrongCode(secret: string, at = Date.now()): string {
  const right = [-60_000, -30_000, 0, 30_000, 60_000].map((later) => timedCode(secret, at + later));
  return ["000000", "111111", "222222", "333333", "444444", "555555"].find((code) => !right.includes(code)) ?? "";
}

const STEP = 30_000;

/**
 * The codes of an app, each of them once: a pool takes those of the steps around this one, too.
 * @param rightFor how long a code is right from now on, in milliseconds, so that a slow test does not type it too late: a
 * minute at most
 */
export class UnusedCodes {
  private last = 0;

  constructor(
    readonly secret: string,
    private readonly rightFor = 15_000,
  ) {}

  /** Waits until there is one, if need be. */
  async next(): Promise<string> {
    // The code of a step is right until the end of the step after it.
    const next = Math.max(this.last + 1, Math.ceil((Date.now() + this.rightFor) / STEP) - 2);
    while (next > Math.floor(Date.now() / STEP) + 1) await new Promise((resolve) => setTimeout(resolve, 500));
    this.last = next;
    return timedCode(this.secret, next * STEP);
  }
}
