import { type BatchWriteItemCommand, DynamoDBClient, type WriteRequest } from "@aws-sdk/client-dynamodb";
import { writeBlocks } from "../../tools/batch-writer";
import type { ListedBlock } from "../../tools/block-entries";
import { BlockTable } from "../../tools/block-table";

type Answer = (requests: WriteRequest[], call: number) => WriteRequest[];

const blocksOf = (count: number): ListedBlock[] =>
  Array.from({ length: count }, (_, index) => ({ entry: `user:${index}` }));

/** A table whose DynamoDB leaves unwritten what `answer` returns, and throws what it throws. */
function fake(answer: Answer = () => []) {
  const table = new BlockTable("list", new DynamoDBClient({ region: "eu-west-1" }));
  const seen = { calls: 0, atOnce: 0, most: 0, sizes: [] as number[], written: [] as string[] };
  jest.spyOn(table.client, "send").mockImplementation(async (command: unknown) => {
    const requests = (command as BatchWriteItemCommand).input.RequestItems?.list ?? [];
    seen.most = Math.max(seen.most, ++seen.atOnce);
    seen.sizes.push(requests.length);
    await new Promise(setImmediate);
    seen.atOnce--;
    const left = answer(requests, ++seen.calls);
    const done = requests.filter((request) => !left.includes(request));
    seen.written.push(...done.map(({ PutRequest }) => PutRequest?.Item?.entry?.S ?? ""));
    return left.length > 0 ? { UnprocessedItems: { list: left } } : {};
  });
  return { table, seen };
}

function throttled(): never {
  throw Object.assign(new Error("slow down"), { name: "ThrottlingException" });
}

function writing(table: BlockTable, blocks: ListedBlock[]) {
  const stop = new AbortController();
  const progress = { written: 0, pauses: [] as number[] };
  const done = writeBlocks(table, blocks, {
    signal: stop.signal,
    onWritten: (count) => {
      progress.written += count;
    },
    pause: async (milliseconds) => progress.pauses.push(milliseconds),
  });
  return { done, stop, progress };
}

it("writes 25 at a time, four batches at once, each entry once", async () => {
  const { table, seen } = fake();
  const { done, progress } = writing(table, blocksOf(1010));
  await done;
  expect(new Set(seen.written).size).toBe(1010);
  expect(seen.written).toHaveLength(1010);
  expect(seen.sizes.filter((size) => size === 25)).toHaveLength(40);
  expect(seen.sizes.at(-1)).toBe(10);
  expect(seen.most).toBe(4);
  expect(progress).toEqual({ written: 1010, pauses: [] });
});

it("sends again only the unwritten entries, after longer and longer pauses", async () => {
  const { table, seen } = fake((requests) => requests.slice(10));
  const { done, progress } = writing(table, blocksOf(25));
  await done;
  expect(seen.sizes).toEqual([25, 15, 5]);
  expect(seen.written).toHaveLength(25);
  expect(progress.written).toBe(25);
  expect(progress.pauses).toHaveLength(2);
});

it("sends a throttled batch again", async () => {
  const { table, seen } = fake((_, call) => (call <= 3 ? throttled() : []));
  const { done, progress } = writing(table, blocksOf(25));
  await done;
  expect(seen.sizes).toEqual([25, 25, 25, 25]);
  expect(progress.written).toBe(25);
  expect(progress.pauses).toHaveLength(3);
});

it("gives up after twelve attempts, pausing no longer than five seconds", async () => {
  jest.spyOn(Math, "random").mockReturnValue(1);
  const { table, seen } = fake(throttled);
  const { done, progress } = writing(table, blocksOf(25));
  await expect(done).rejects.toThrow("DynamoDB is too busy: it put off a batch 12 times.");
  expect(seen.calls).toBe(12);
  expect(progress.pauses.slice(0, 3)).toEqual([100, 200, 400]);
  expect(Math.max(...progress.pauses)).toBe(5000);
  jest.restoreAllMocks();
});

it("starts no batch after a failure, and waits for those that have started", async () => {
  const failure = new Error("gone");
  const { table, seen } = fake((_, call) => {
    if (call === 6) throw failure;
    return [];
  });
  const { done, progress } = writing(table, blocksOf(1000));
  await expect(done).rejects.toBe(failure);
  expect(seen.calls).toBeLessThanOrEqual(9);
  expect(seen.atOnce).toBe(0);
  expect(progress.written).toBe(seen.written.length);
});

it("stops between batches, and counts what it wrote", async () => {
  const { table, seen } = fake((_, call) => {
    if (call === 6) stop.abort();
    return [];
  });
  const { done, stop, progress } = writing(table, blocksOf(1000));
  await done;
  expect(seen.calls).toBeLessThanOrEqual(9);
  expect(progress.written).toBe(seen.calls * 25);
});

it("stops in the middle of its attempts", async () => {
  const { table, seen } = fake((requests, call) => {
    if (call === 2) stop.abort();
    return requests.slice(1);
  });
  const { done, stop, progress } = writing(table, blocksOf(25));
  await done;
  expect(seen.calls).toBe(2);
  expect(progress.written).toBe(2);
});
