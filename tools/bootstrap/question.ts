import { createInterface } from "node:readline/promises";

/** Asks the person at the terminal. Only `y` and `yes` are a yes. */
export async function agrees(question: string, stop: AbortSignal): Promise<boolean> {
  // As a terminal of its own, readline would keep Ctrl-C to itself.
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} (y/N) `, { signal: stop })).trim());
  } catch (error) {
    stop.throwIfAborted();
    throw error;
  } finally {
    lines.close();
  }
}
