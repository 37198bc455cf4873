import { constants } from "node:os";

/** An error that the person at the terminal can correct. The message is one sentence, and all that the person sees. */
export class Problem extends Error {
  override readonly name = "Problem";
}

/** The program was asked to stop before it had finished. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`Interrupted by ${signal}.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** Throws the message of an error of another part of the project, such as the gateway, as a Problem. */
export function asProblem(error: unknown): never {
  throw error instanceof Error ? new Problem(error.message) : error;
}
