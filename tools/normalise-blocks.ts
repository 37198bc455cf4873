import { type ListedBlock, longer, normalStored } from "./block-entries";
import { type BlockTable, openTable, TableError } from "./block-table";
import type { CommandLine } from "./command-line";

/** The result of {@link normaliseBlocks}, in numbers of entries. */
export interface Normalised {
  readonly entries: number;
  /** Those that had another spelling. */
  readonly changed: number;
  /** Those of them that became the same as another entry. */
  readonly merged: number;
}

/** Rewrites the entries of a table that are not in their normal spelling, and returns the exit code. */
export async function normalise({ environment, json }: CommandLine): Promise<number> {
  const { entries, changed, merged } = await normaliseBlocks(await openTable(environment));
  if (json) console.log(JSON.stringify({ entries, changed, merged }));
  else {
    const same = merged > 0 ? ` ${merged} of them became the same as another entry: the longer block stays.` : "";
    console.log(
      `${changed} of ${entries} entries of ${environment.name} had another spelling and are rewritten.${same}`,
    );
  }
  return 0;
}

/**
 * Writes each entry in its normal spelling before it deletes the old one. So a stopped run loses no block, and a
 * second run does the rest.
 */
export async function normaliseBlocks(table: BlockTable): Promise<Normalised> {
  const blocks = await table.list();
  const old = blocks.filter(({ entry }) => normalStored(entry) !== entry);
  let merged = 0;
  for (const block of old) {
    if (await rewrite(table, block)) merged++;
  }
  return { entries: blocks.length, changed: old.length, merged };
}

/** How often an entry is read again when somebody else changes it at the same time. */
const ATTEMPTS = 5;

/** @returns whether there was such an entry already */
async function rewrite(table: BlockTable, old: ListedBlock): Promise<boolean> {
  const renamed = { ...old, entry: normalStored(old.entry) };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const there = await table.get(renamed.entry);
    const wanted = there ? longer(there, renamed) : renamed;
    const isThere = there !== undefined && wanted === there;
    if (!isThere && !(await table.replace(there, wanted))) continue;
    if (await table.removeUnchanged(old)) return there !== undefined;
    break;
  }
  throw new TableError(`Somebody else changed ${old.entry} meanwhile: run it again.`);
}
