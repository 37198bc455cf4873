import { setTimeout } from "node:timers/promises";
import { BatchWriteItemCommand, type WriteRequest } from "@aws-sdk/client-dynamodb";
import type { ListedBlock } from "./block-entries";
import { type BlockTable, itemOf, TableError } from "./block-table";

const BATCH = 25;
const PARALLEL = 4;
const ATTEMPTS = 12;

const THROTTLED = ["ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException"];

export interface WriteOptions {
  /** Stops the writing before the next batch. */
  readonly signal: AbortSignal;
  /** Called after each batch, with the number of entries that it has written. */
  readonly onWritten: (count: number) => void;
  /** @default real time */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Writes entries, which must all be different. Writing an entry twice changes nothing, so a stopped run can be
 * repeated.
 * @throws the first error, after the batches in progress have ended. No other batch starts after an error
 */
export async function writeBlocks(
  table: BlockTable,
  blocks: readonly ListedBlock[],
  options: WriteOptions,
): Promise<void> {
  const batches = batchesOf(blocks);
  const work = async () => {
    // All workers take batches from one generator. An error leaves the loop and closes the generator, so all workers
    // end.
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
    // Full jitter: batches that were throttled together wait for different times.
    await pause(Math.random() * Math.min(5000, 50 * 2 ** attempt));
  }
}

/** Sends a batch. If DynamoDB throttles it, no entry of it was written. */
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
