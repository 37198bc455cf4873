import type { Environment } from "../lib/environments";
import { blockOf, earlierEntry, type ListedBlock, longer, normalEntry, partsOf, shown, timeOf } from "./block-entries";
import { type BlockTable, explain, openTable, TableError } from "./block-table";
import type { CommandLine } from "./command-line";
import { type Alike, People, type Person } from "./people";

// A name is not a person: somebody who is blocked by their address can change it while their access token lives. So
// these commands also look for the person, whose sub never changes.

/** Blocks an entry and, for a user, the people who have that name. Returns the exit code. */
export async function add(line: CommandLine): Promise<number> {
  const { operand, until, reason, environment, json } = line;
  const block = blockOf({ entry: operand, until, reason });
  const table = await openTable(environment);
  const replaced = await addEntry(table, block, operand);
  const end = block.until ? ` until ${timeOf(block.until)}` : "";
  const blocked = `${block.entry} is blocked in ${environment.name}${end}`;
  if (!json) console.log(`${blocked}${replaced ? ", in place of what was there" : ""}.`);
  if (!looksForPeople(line)) {
    if (json) console.log(JSON.stringify({ ...shown(block), replaced }));
    return 0;
  }
  const directory = new People(environment);
  const { people: found, tooLarge } = await step(
    environment,
    `${blocked}, but nobody was looked for, and nobody is signed out`,
    () => directory.alike(partsOf(operand).name, line.everybody),
  );
  warnOf(tooLarge);
  const failures = new Failures(environment);
  const stopped: { person: Person; entry: string; blocked: boolean }[] = [];
  // All blocks before the first sign-out: who is signed out must not get in again.
  for (const person of found) {
    const entry = entryOf(person);
    const state = `${blocked}, but ${entry}, the person in ${person.pool}, is not`;
    const write = () => table.addUnlessLonger({ ...block, entry });
    stopped.push({ person, entry, blocked: entry === block.entry || (await failures.unless(state, write)) });
  }
  const people = [];
  for (const { person, entry, blocked: isBlocked } of stopped) {
    const { pool } = person;
    const state = `${blocked}, but ${entry}, the person in ${pool}, is not signed out`;
    const signedOut = await failures.unless(state, () => directory.signOut(person));
    people.push({ pool, entry, blocked: isBlocked, signedOut });
    if (!json && isBlocked && signedOut) {
      console.log(`${pool}: ${entry} is the person. It is blocked, and they are signed out everywhere.`);
    }
  }
  if (json) console.log(JSON.stringify({ ...shown(block), replaced, people }));
  else if (found.length === 0) console.log(`${NOBODY}: only the name is blocked.`);
  failures.throwAll();
  return 0;
}

/** Removes an entry and, for a user, the `sub` of the people who have that name. Returns the exit code. */
export async function remove(line: CommandLine): Promise<number> {
  const { operand, environment, json } = line;
  const entry = normalEntry(operand);
  const table = await openTable(environment);
  const removed = await removeEntry(table, entry, operand);
  const isGone = removed
    ? `${entry} is no longer in the block list of ${environment.name}`
    : `${entry} was not in the block list of ${environment.name}`;
  if (!json) console.log(`${isGone}.`);
  if (!looksForPeople(line)) {
    if (json) console.log(JSON.stringify({ entry, removed: !!removed }));
    return 0;
  }
  const { people: found, tooLarge } = await step(
    environment,
    `${isGone}, but nobody was looked for, who may still be blocked by sub`,
    () => new People(environment).alike(partsOf(operand).name, line.everybody),
  );
  warnOf(tooLarge);
  const others = found.map((person) => ({ pool: person.pool, entry: entryOf(person) }));
  const people = [];
  for (const other of others.filter((one) => one.entry !== entry)) {
    const { wasThere, stays } = await step(
      environment,
      `${isGone}, but ${other.entry} of the same person may still be`,
      () => removeUnlessLonger(table, other.entry, removed),
    );
    people.push({ ...other, removed: wasThere && !stays });
    if (!json && stays) {
      console.log(
        `${other.pool}: ${other.entry}, the same person, is blocked for longer, and stays: remove it by itself.`,
      );
    } else if (!json && wasThere) {
      console.log(`${other.pool}: ${other.entry}, the same person, was there too and is removed.`);
    }
  }
  if (json) console.log(JSON.stringify({ entry, removed: !!removed, people }));
  return 0;
}

function warnOf(tooLarge: Alike["tooLarge"]): void {
  for (const { name, users } of tooLarge) {
    console.error(
      `${name} has about ${users} users, so people who wrote the name in another spelling were not looked for: --everybody compares every profile.`,
    );
  }
}

const NOBODY = "Nobody of that name is in a pool that reads the block list";

const looksForPeople = ({ operand, nameOnly }: CommandLine) => partsOf(operand).kind === "user" && !nameOnly;

const entryOf = ({ sub }: Person) => normalEntry(`user:${sub}`);

/** Adds an entry in place of the same one in its earlier spelling. @returns whether there was one */
async function addEntry(table: BlockTable, block: ListedBlock, written: string): Promise<boolean> {
  const replaced = await table.add(block);
  return !!((await removeEarlier(table, block.entry, written)) ?? replaced);
}

/** Removes an entry in both spellings. @returns the one that was there, if there was one */
async function removeEntry(table: BlockTable, entry: string, written: string): Promise<ListedBlock | undefined> {
  const removed = await table.remove(entry);
  return (await removeEarlier(table, entry, written)) ?? removed;
}

/**
 * Removes the block of a person's `sub`, but not one that ends later than that of the name: it was for something else.
 */
async function removeUnlessLonger(table: BlockTable, entry: string, name: ListedBlock | undefined) {
  const there = await table.get(entry);
  const stays = name !== undefined && there !== undefined && longer(name, there) === there;
  return { stays, wasThere: stays || (await table.remove(entry)) !== undefined };
}

async function removeEarlier(table: BlockTable, entry: string, written: string): Promise<ListedBlock | undefined> {
  const earlier = earlierEntry(written);
  return partsOf(written).kind === "user" && earlier !== entry ? table.remove(earlier) : undefined;
}

/** Does a step. Its failure is one sentence, which says first what was done before it and what was not. */
async function step<Result>(environment: Environment, state: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    const error = explain(thrown, environment);
    if (!(error instanceof TableError)) throw error;
    const cause = error.message.replace(/\.?$/, ".");
    throw new TableError(`${state}: ${cause} Run it again to finish it.`, { cause: thrown });
  }
}

/** The failures of steps that do not depend on each other, so that one does not stop the others. */
class Failures {
  private readonly sentences: string[] = [];

  constructor(private readonly environment: Environment) {}

  /** @returns whether the step was done */
  async unless(state: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await step(this.environment, state, work);
      return true;
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      this.sentences.push(error.message);
      return false;
    }
  }

  /** @throws TableError with a line for each failure */
  throwAll(): void {
    if (this.sentences.length > 0) throw new TableError(this.sentences.join("\n"));
  }
}
