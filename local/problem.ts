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
  const explanation = explained(error);
  throw explanation instanceof Error ? new Problem(explanation.message) : explanation;
}

/** What the operating system says where it refuses, and what to do about it. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: free some space",
  EDQUOT: "your share of the disk is used up: free some space",
  EFBIG: "the file would be larger than this shell allows (ulimit -f)",
  EROFS: "the disk is read-only: choose another folder with LOCAL_DIR",
  EACCES: "you may not write there: change its permissions, or choose another folder with LOCAL_DIR",
  EPERM: "you may not write there: change its permissions, or choose another folder with LOCAL_DIR",
  ENOTDIR: "a part of this path is no folder: choose another folder with LOCAL_DIR",
  EEXIST: "there is something else in its place: move that elsewhere, or choose another folder with LOCAL_DIR",
  EISDIR: "a folder is in its place: move that elsewhere",
  EMFILE: "too many files are open: raise the limit (ulimit -n)",
};

/** A sentence for an error of the operating system that the person at the terminal can put right; else the error. */
export function explained(error: unknown): unknown {
  const { code = "", path }: Partial<NodeJS.ErrnoException> = Object(error);
  const refusal = REFUSALS[code];
  return refusal === undefined ? error : new Problem(`${path ?? "A file"} cannot be written (${code}): ${refusal}.`);
}
