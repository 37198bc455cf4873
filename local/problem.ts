import { constants } from "node:os";

/** What the person at the terminal can put right: its message is one sentence for them, and all that they see. */
export class Problem extends Error {
  override readonly name = "Problem";
}

/** Somebody asked us to stop before we were done. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`Interrupted by ${signal}.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** Passes on a sentence that another part of the local cloud has for the person at the terminal. */
export function asProblem(error: unknown): never {
  throw error instanceof Error ? new Problem(error.message) : error;
}
