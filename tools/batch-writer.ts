import { setTimeout } from "node:timers/promises";
import { BatchWriteItemCommand, type WriteRequest } from "@aws-sdk/client-dynamodb";
import type { ListedBlock } from "./block-entries";
import { type BlockTable, itemOf, TableError } from "./block-table";

const BATCH = 25;
const PARALLEL = 4;
const ATTEMPTS = 12;

const THROTTLED = ["ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException"];

export interface WriteOptions {
  /** Stops it before the next batch. */
  readonly signal: AbortSignal;
  /** Hears how many entries more were written. */
  readonly onWritten: (count: number) => void;
  /** @default real time */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Writes blocks that are all of different entries. Writing one again changes nothing, so a stopped run is simply repeated.
 * @throws the first failure, once the batches under way have ended; none is begun after it
 */
export async function writeBlocks(
  table: BlockTable,
  blocks: readonly ListedBlock[],
  options: WriteOptions,
): Promise<void> {
  const batches = batchesOf(blocks);
  const work = async () => {
    // All of them draw from one generator, and leaving the loop closes it, so one failure ends the others' too.
    for (const batch of batches) {
      if (options.signal.aborted) return;
      await writeBatch(table, batch, options);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: PARALLEL }, work));
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

function* batchesOf(blocks: readonly ListedBlock[]) {
  for (let start = 0; start < blocks.length; start += BATCH) {
    yield blocks.slice(start, start + BATCH);
  }
}

async function writeBatch(
  table: BlockTable,
  batch: readonly ListedBlock[],
  { signal, onWritten, pause = setTimeout }: WriteOptions,
): Promise<void> {
  let left: WriteRequest[] = batch.map((block) => ({ PutRequest: { Item: itemOf(block) } }));
  for (let attempt = 1; !signal.aborted; attempt++) {
    const unwritten = await unwrittenOf(table, left);
    onWritten(left.length - unwritten.length);
    if (unwritten.length === 0) return;
    if (attempt === ATTEMPTS) {
      throw new TableError(`DynamoDB is too busy: it put off a batch ${ATTEMPTS} times.`);
    }
    left = unwritten;
    // Full jitter: those that were throttled together do not come back together.
    await pause(Math.random() * Math.min(5000, 50 * 2 ** attempt));
  }
}

/** Sends a batch; a throttled one is a batch of which nothing was written. */
async function unwrittenOf(table: BlockTable, batch: WriteRequest[]): Promise<WriteRequest[]> {
  try {
    const { UnprocessedItems } = await table.client.send(
      new BatchWriteItemCommand({ RequestItems: { [table.name]: batch } }),
    );
    return UnprocessedItems?.[table.name] ?? [];
  } catch (error) {
    if (error instanceof Error && THROTTLED.includes(error.name)) return batch;
    throw error;
  }
}
