import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";

/** What the store says about all of its records, so that it shows when one of them is lost. */
export interface Tally {
  /** How many batches were written. */
  readonly commits: number;
  readonly records: number;
  /** The sum of the records' checksums. It does not depend on their order. */
  readonly checksum: number;
}

export const emptyTally: Tally = { commits: 0, records: 0, checksum: 0 };

/** The tally once a record has changed. A text is undefined where there is no record. */
export function counted(tally: Tally, key: string, before: string | undefined, after: string | undefined): Tally {
  const weight = (text: string | undefined) => (text === undefined ? 0 : crc32(`${key}\n${text}`));
  const present = (text: string | undefined) => (text === undefined ? 0 : 1);
  return {
    commits: tally.commits,
    records: tally.records - present(before) + present(after),
    checksum: (tally.checksum - weight(before) + weight(after) + 2 ** 32) % 2 ** 32,
  };
}

/**
 * The number of the last batch, in a file beside the store. A store whose end is cut off looks whole, but is older than
 * this file says. It is written after the batch is on disk, so it never says too much.
 */
export class LastCommit {
  private readonly file: number;

  private constructor(path: string) {
    this.file = openSync(path, "r+");
  }

  /** The number in the file; undefined where there is no file, NaN where it holds no number. */
  static read(path: string): number | undefined {
    return existsSync(path) ? Number(/^\d{16}$/.exec(readFileSync(path, "utf8"))?.[0] ?? Number.NaN) : undefined;
  }

  static open(path: string, commits: number): LastCommit {
    closeSync(openSync(path, "a", 0o600));
    const opened = new LastCommit(path);
    opened.write(commits);
    fsyncSync(opened.file);
    return opened;
  }

  /** Always the same few bytes in the same place: a kill leaves the old number or the new one. */
  write(commits: number): void {
    writeSync(this.file, String(commits).padStart(16, "0"), 0);
  }

  close(): void {
    closeSync(this.file);
  }
}
