// What a handler does that reads a block list with the AWS SDK.
import { BatchGetItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});

export const handler = async (event) => {
  const Keys = [{ pk: { S: "user:somebody" } }, { pk: { S: "domain:example.org" } }];
  await client.send(new BatchGetItemCommand({ RequestItems: { "block-list": { Keys } } }));
  return event;
};
