import type { Environment } from "../lib/environments";
import { blockOf, earlierEntry, type ListedBlock, normalEntry, partsOf, shown, timeOf } from "./block-entries";
import { type BlockTable, explain, openTable, TableError } from "./block-table";
import type { CommandLine } from "./command-line";
import { People, type Person } from "./people";

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
  const people = new People(environment);
  const found = await then(environment, `${blocked}, but nobody was looked for, and nobody is signed out`, () =>
    people.named(partsOf(operand).name),
  );
  // All blocks before the first sign-out: who is signed out must not get in again.
  const subs = found.map((person) => ({ person, entry: entryOf(person) }));
  for (const { person, entry } of subs) {
    await then(environment, `${blocked}, but the person in ${person.pool} is not blocked by sub nor signed out`, () =>
      entry === block.entry ? Promise.resolve(undefined) : table.addUnlessLonger({ ...block, entry }),
    );
  }
  for (const { person, entry } of subs) {
    await then(environment, `${blocked}, and ${entry} too, but the person in ${person.pool} is not signed out`, () =>
      people.signOut(person),
    );
    if (!json)
      console.log(`${person.pool}: ${entry} is the person. It is blocked, and they are signed out everywhere.`);
  }
  const shownPeople = subs.map(({ person, entry }) => ({ pool: person.pool, entry, signedOut: true }));
  if (json) console.log(JSON.stringify({ ...shown(block), replaced, people: shownPeople }));
  else if (found.length === 0) console.log(`${NOBODY}: only the name is blocked.`);
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
    if (json) console.log(JSON.stringify({ entry, removed }));
    return 0;
  }
  const found = await then(environment, `${isGone}, but nobody was looked for, who may still be blocked by sub`, () =>
    new People(environment).named(partsOf(operand).name),
  );
  const others = found.map((person) => ({ pool: person.pool, entry: entryOf(person) }));
  const people = [];
  for (const other of others.filter((one) => one.entry !== entry)) {
    const wasThere = await then(environment, `${isGone}, but ${other.entry} of the same person may still be`, () =>
      table.remove(other.entry),
    );
    people.push({ ...other, removed: !!wasThere });
    if (!json && wasThere) console.log(`${other.pool}: ${other.entry}, the same person, was there too and is removed.`);
  }
  if (json) console.log(JSON.stringify({ entry, removed, people }));
  return 0;
}

const NOBODY = "Nobody of that name is in a pool that reads the block list";

const looksForPeople = ({ operand, nameOnly }: CommandLine) => partsOf(operand).kind === "user" && !nameOnly;

const entryOf = ({ sub }: Person) => normalEntry(`user:${sub}`);

/** Adds an entry in place of the same one in its earlier spelling. @returns whether there was one */
async function addEntry(table: BlockTable, block: ListedBlock, written: string): Promise<boolean> {
  const replaced = await table.add(block);
  return (await removeEarlier(table, block.entry, written)) || !!replaced;
}

async function removeEntry(table: BlockTable, entry: string, written: string): Promise<boolean> {
  const removed = await table.remove(entry);
  return (await removeEarlier(table, entry, written)) || !!removed;
}

async function removeEarlier(table: BlockTable, entry: string, written: string): Promise<boolean> {
  const earlier = earlierEntry(written);
  if (partsOf(written).kind !== "user" || earlier === entry) return false;
  return (await table.remove(earlier)) !== undefined;
}

/** Does a step. Its failure is one sentence, which says first what was done before it and what was not. */
async function then<Result>(environment: Environment, state: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (thrown) {
    const error = explain(thrown, environment);
    if (!(error instanceof TableError)) throw error;
    throw new TableError(`${state}: ${error.message.replace(/\.?$/, ".")} Run it again to finish it.`, {
      cause: thrown,
    });
  }
}
