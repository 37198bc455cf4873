import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ClassicLevel } from "classic-level";
import { locks } from "./locks";
import { counted, emptyTally, LastCommit, type Tally } from "./tally";

/** One change of a batch: a value to store, or `undefined` to delete the key. */
export type Write = readonly [key: string, value: unknown];

/** Keeps records on disk, as JSON. A batch is on disk before `commit` resolves. */
export interface Store {
  get<T>(key: string): T | undefined;
  /** The records below `prefix`, in the order of their keys, after the key `after`. */
  range<T>(prefix: string, after?: string): AsyncIterable<[key: string, value: T]>;
  /** All or nothing, and flushed: a kill right after loses none of it. */
  commit(writes: readonly Write[]): Promise<void>;
  /** Runs `work` while nobody else holds any of `names`. Not reentrant. */
  locked<T>(names: readonly string[], work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A key made of parts that may hold any character. */
export const key = (...parts: string[]) => parts.map(encodeURIComponent).join("/");

/** The store cannot be read, or not be written. Its message is a sentence for the person at the terminal. */
export class StoreProblem extends Error {
  override readonly name = "StoreProblem";
}

/** The key of the tally. No other key is without a slash. */
const tallyKey = "tally";

/**
 * Opens the store, and checks that it holds all that was ever written.
 * @throws StoreProblem where something is lost
 * @see https://github.com/Level/classic-level
 */
export async function openStore(stateDir: string): Promise<Store> {
  const location = join(stateDir, "users");
  const lastPath = join(stateDir, "last-commit");
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const written = LastCommit.read(lastPath);
  if (written !== undefined && !isDatabase(location)) throw damaged(location, "its files are missing");
  mkdirSync(location, { recursive: true, mode: 0o700 });
  const db = new ClassicLevel(location);
  await db.open().catch(({ cause }) => {
    if (cause?.code === "LEVEL_LOCKED")
      throw new StoreProblem(`The users in ${location} are open in another gateway: stop that one first.`);
    throw isDiskFailure(cause) ? cannotWrite(location, cause) : damaged(location, String(cause?.message ?? cause));
  });
  try {
    const tally = await check(db, location, lastPath, written);
    return serve(db, location, tally, LastCommit.open(lastPath, tally.commits));
  } catch (error) {
    await db.close();
    throw error instanceof StoreProblem || !isDiskFailure(error) ? error : cannotWrite(stateDir, error);
  }
}

/** Without its file CURRENT the database would be made anew, over the users that are still there. */
const isDatabase = (location: string) => existsSync(join(location, "CURRENT"));

/** Compares the records with what was noted about them. */
async function check(
  db: ClassicLevel,
  location: string,
  lastPath: string,
  written: number | undefined,
): Promise<Tally> {
  let found = emptyTally;
  let noted: Tally | undefined;
  try {
    for await (const [name, text] of db.iterator()) {
      if (name === tallyKey) noted = JSON.parse(text);
      else found = counted(found, name, undefined, text);
    }
  } catch (error) {
    throw damaged(location, (error as Error).message);
  }
  // A store of an earlier version, which noted nothing, or a new one.
  if (!noted && written === undefined) return found;
  if (!noted) throw damaged(location, "what was noted about its records is missing");
  if (found.records !== noted.records || found.checksum !== noted.checksum)
    throw damaged(location, `it should hold ${noted.records} records, and ${found.records} can be read`);
  if (written === undefined) throw damaged(lastPath, "it is missing, so nobody can tell whether all users are there");
  if (Number.isNaN(written)) throw damaged(lastPath, "it holds no number");
  if (noted.commits < written) throw damaged(location, `its last ${written - noted.commits} changes are missing`);
  return noted;
}

function serve(db: ClassicLevel, location: string, opened: Tally, last: LastCommit): Store {
  let tally = opened;
  let waiting: { writes: readonly Write[]; done: () => void; failed: (error: Error) => void }[] = [];
  let writing: Promise<void> | undefined;
  let failure: StoreProblem | undefined;

  /** Writes all that waits as one batch, again and again: so the tally and the records never differ. */
  async function writeWaiting(): Promise<void> {
    while (waiting.length) {
      const batch = waiting;
      waiting = [];
      try {
        // After a write that failed in the middle, a later one could be lost with it.
        if (failure) throw failure;
        await write(new Map(batch.flatMap(({ writes }) => writes)));
        for (const { done } of batch) done();
      } catch (error) {
        failure ??= cannotWrite(location, error);
        for (const { failed } of batch) failed(failure);
      }
    }
    writing = undefined;
  }

  async function write(changes: ReadonlyMap<string, unknown>): Promise<void> {
    let after: Tally = { ...tally, commits: tally.commits + 1 };
    const operations = [...changes].map(([name, value]) => {
      const text = value === undefined ? undefined : JSON.stringify(value);
      after = counted(after, name, db.getSync(name), text);
      return text === undefined
        ? { type: "del" as const, key: name }
        : { type: "put" as const, key: name, value: text };
    });
    const note = { type: "put" as const, key: tallyKey, value: JSON.stringify(after) };
    await db.batch([...operations, note], { sync: true });
    tally = after;
    last.write(tally.commits);
  }

  return {
    get<T>(name: string) {
      const text = db.getSync(name);
      return text === undefined ? undefined : (JSON.parse(text) as T);
    },
    async *range<T>(prefix: string, after?: string) {
      for await (const [name, text] of db.iterator({ gt: after ?? `${prefix}/`, lt: `${prefix}0` }))
        yield [name, JSON.parse(text) as T];
    },
    commit: (writes) =>
      writes.length === 0
        ? Promise.resolve()
        : new Promise((done, failed) => {
            waiting.push({ writes, done, failed });
            writing ??= writeWaiting();
          }),
    locked: locks(),
    async close() {
      await writing;
      last.close();
      await db.close();
    },
  };
}

const damaged = (path: string, how: string) =>
  new StoreProblem(
    `The users of the local cloud cannot all be read: ${path} is damaged (${how}). ` +
      'Put a copy of it back, or start without them: "npm run local -- --fresh".',
  );

/** How LevelDB and Node say that the disk takes no more, or that nobody may write there. */
const diskFailures =
  /ENOSPC|EFBIG|EDQUOT|EROFS|EACCES|EIO|No space left|File too large|quota|Read-only|Permission denied|IO error/i;
const isDiskFailure = (error: unknown) => diskFailures.test(String(error)) && !/No such file/i.test(String(error));

function cannotWrite(path: string, error: unknown): StoreProblem {
  const reason = error instanceof Error ? error.message : String(error);
  return new StoreProblem(
    `The local cloud cannot write its users to ${path} (${reason}). Nothing that was answered is lost: free some space, and start it again.`,
  );
}
