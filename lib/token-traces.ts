import { isNativeError } from "node:util/types";

let skipped = false;

/**
 * Spares cdktf the stack trace that it takes of every token it makes: a third of the time of a large stack, and nobody
 * reads them. Errors keep theirs. It changes the process once and for all.
 */
export function skipTokenTraces(): void {
  if (skipped) return;
  skipped = true;
  const { captureStackTrace } = Error;
  Error.captureStackTrace = (target, below) => {
    if (isNativeError(target)) captureStackTrace(target, below);
    else Object.assign(target, { stack: "" });
  };
}
