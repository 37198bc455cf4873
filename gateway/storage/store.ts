import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ClassicLevel } from "classic-level";

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

/** @see https://github.com/Level/classic-level */
export async function openStore(stateDir: string): Promise<Store> {
  const location = join(stateDir, "users");
  mkdirSync(location, { recursive: true, mode: 0o700 });
  const db = new ClassicLevel<string, unknown>(location, { valueEncoding: "json" });
  await db.open().catch((error) => {
    throw new Error(`The users in ${location} cannot be opened: another gateway may hold them.`, { cause: error });
  });
  const queues = new Map<string, Promise<unknown>>();

  function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
    queues.set(name, turn);
    const leave = () => queues.get(name) === turn && queues.delete(name);
    turn.then(leave, leave);
    return turn;
  }

  return {
    get: <T>(name: string) => db.getSync(name) as T | undefined,
    range: <T>(prefix: string, after?: string) =>
      db.iterator({ gt: after ?? `${prefix}/`, lt: `${prefix}0` }) as AsyncIterable<[string, T]>,
    commit: (writes) =>
      db.batch(
        writes.map(([name, value]) =>
          value === undefined ? { type: "del" as const, key: name } : { type: "put" as const, key: name, value },
        ),
        { sync: true },
      ),
    locked<T>(names: readonly string[], work: () => Promise<T>) {
      // All callers take locks in sorted order, so that two of them never wait for each other.
      const sorted = [...new Set(names)].sort();
      return sorted.reduceRight((inner, name) => () => exclusively(name, inner), work)();
    },
    close: () => db.close(),
  };
}
