import type { IncomingMessage } from "node:http";
import { StoreProblem } from "../storage/store";

/** Logs where a request failed. The message is left out: it may hold what a person typed. */
export function report(error: unknown, { headers, method }: IncomingMessage): void {
  if (error instanceof StoreProblem) {
    console.error(error.message);
    return;
  }
  const where = error instanceof Error ? error.stack?.match(/^\s+at .*$/gm)?.slice(0, 5) : [];
  const name = error instanceof Error ? error.name : "Error";
  console.error([`${method} ${headers["x-amz-target"] ?? ""} failed: ${name}`, ...(where ?? [])].join("\n"));
}
