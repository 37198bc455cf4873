import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { writeBlocks } from "./batch-writer";
import { InputError } from "./block-entries";
import { openTable } from "./block-table";
import type { CommandLine } from "./command-line";
import { readImport } from "./import-file";

const INTERRUPTED = 130;

/** Imports a file, and returns the exit code. Ctrl-C stops it between two batches. */
export async function importBlocks({ operand, environment, json }: CommandLine): Promise<number> {
  const { blocks, lines } = readImport(await bytesOf(operand));
  const table = await openTable(environment);
  const stop = new AbortController();
  // Only once, so that a second Ctrl-C ends the process at once.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());
  const progress = new Progress(blocks.length);
  try {
    await writeBlocks(table, blocks, {
      signal: stop.signal,
      onWritten: (count) => progress.add(count),
    });
  } finally {
    progress.end();
  }
  const { written } = progress;
  if (json) console.log(JSON.stringify({ lines, entries: blocks.length, written }));
  else if (progress.done) {
    console.log(
      `${figure(lines)} lines: ${figure(written)} entries are written to the block list of ${environment.name}.`,
    );
  }
  return progress.done ? 0 : INTERRUPTED;
}

async function bytesOf(file: string): Promise<Buffer> {
  if (file === "-") return buffer(process.stdin);
  try {
    // npm runs scripts in the project's folder. INIT_CWD is the folder in which the person ran npm.
    return await readFile(resolve(process.env.INIT_CWD ?? ".", file));
  } catch (error) {
    throw new InputError(`The file cannot be read: ${(error as Error).message}.`);
  }
}

/** Prints progress on standard error: on a terminal in one line, otherwise one line for every thousand entries. */
class Progress {
  written = 0;
  readonly #live = process.stderr.isTTY;

  constructor(readonly total: number) {}

  get done(): boolean {
    return this.written === this.total;
  }

  add(count: number): void {
    const before = this.written;
    this.written += count;
    const text = `${figure(this.written)} of ${figure(this.total)} entries`;
    if (this.#live) process.stderr.write(`\r${text}`);
    else if (Math.floor(before / 1000) < Math.floor(this.written / 1000)) console.error(text);
  }

  end(): void {
    if (this.#live) process.stderr.write("\n");
    if (this.done) return;
    console.error(
      `It stopped after ${figure(this.written)} of ${figure(this.total)} entries: run the same import again to finish it.`,
    );
  }
}

function figure(count: number): string {
  return count.toLocaleString("en");
}
