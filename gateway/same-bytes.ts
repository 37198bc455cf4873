import { timingSafeEqual } from "node:crypto";

/** Whether a secret is the right one, in a time that shows nothing of it. */
export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
