import { accessSchema, requireAccess } from "../../functions/shared/access";
import { readBlocks } from "../../functions/shared/block-list";
import { fakeAws } from "./fake-aws";
import { captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const aws = fakeAws();
const found = (entries: string[], UnprocessedKeys: object) =>
  aws.answer("BatchGetItem", {
    body: JSON.stringify({ Responses: { blocks: entries.map((entry) => ({ entry: { S: entry } })) }, UnprocessedKeys }),
  });
const PART = { blocks: { Keys: [{ entry: { S: "user:rroe" } }] } };

it("is asked for what was written last, and gives what it holds", async () => {
  found(["user:ben"], {});
  expect(await readBlocks("blocks", ["user:rroe", "user:ben"])).toEqual([{ entry: "user:ben", until: undefined }]);
  expect(aws.calls("BatchGetItem")[0]?.input).toEqual({
    RequestItems: {
      blocks: { Keys: [{ entry: { S: "user:rroe" } }, { entry: { S: "user:ben" } }], ConsistentRead: true },
    },
  });
});

it.each([[[]], [["user:ben"]]])("is not read where DynamoDB leaves some of it out, and gives %j", async (entries) => {
  found(entries, PART);
  await expect(readBlocks("blocks", ["user:rroe", "user:ben"])).rejects.toThrow("not read whole");
});

it.each([{}, { Responses: {} }])("is not read where an answer says nothing of it: %j", async (body) => {
  aws.answer("BatchGetItem", { body: JSON.stringify(body) });
  await expect(readBlocks("blocks", ["user:rroe"])).rejects.toThrow("not read whole");
});

it("denies access where it was read only in part", async () => {
  found([], PART);
  const settings = { ...accessSchema().parse({}), blockListTable: "blocks" };
  await expect(requireAccess(cognitoEvent(), settings, "log in")).rejects.toThrow("the block list cannot be read");
  expect(log.lines()).toContain('"blockList":"unavailable","onUnavailable":"deny"');
});

it.each([
  [undefined, 1500],
  [4000, 4000],
])("is waited for, where the settings say %s, for %i ms", async (blockListDeadline, wait) => {
  const deadlines = aws.hang("BatchGetItem");
  const settings = { ...accessSchema().parse({}), blockListTable: "blocks", blockListDeadline };
  await expect(requireAccess(cognitoEvent(), settings, "log in")).rejects.toThrow("the block list cannot be read");
  expect(deadlines).toEqual([wait]);
});
