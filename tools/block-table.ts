import { CognitoIdentityProviderServiceException } from "@aws-sdk/client-cognito-identity-provider";
import {
  type AttributeValue,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  DynamoDBServiceException,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { LambdaServiceException } from "@aws-sdk/client-lambda";
import type { Environment } from "../lib/environments";
import { blockListName } from "../lib/names";
import { type ListedBlock, longer } from "./block-entries";
import { connection } from "./connection";
import { connectionSentence } from "./connection-errors";

type Item = Record<string, AttributeValue>;

/** An error of AWS, as one sentence for the person who ran the command. */
export class TableError extends Error {
  override readonly name = "TableError";
}

/** An environment's block list, for administrators. */
export class BlockTable {
  constructor(
    readonly name: string,
    readonly client: DynamoDBClient,
  ) {}

  /** Adds an entry, or replaces it. @returns the old entry, if there was one */
  async add(block: ListedBlock): Promise<ListedBlock | undefined> {
    const { Attributes } = await this.client.send(
      new PutItemCommand({ TableName: this.name, Item: itemOf(block), ReturnValues: "ALL_OLD" }),
    );
    return Attributes && blockIn(Attributes);
  }

  /** Removes an entry. @returns the removed entry, if there was one */
  async remove(entry: string): Promise<ListedBlock | undefined> {
    const { Attributes } = await this.client.send(
      new DeleteItemCommand({
        TableName: this.name,
        Key: { entry: { S: entry } },
        ReturnValues: "ALL_OLD",
      }),
    );
    return Attributes && blockIn(Attributes);
  }

  /** An entry, if it is there. */
  async get(entry: string): Promise<ListedBlock | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.name, Key: { entry: { S: entry } }, ConsistentRead: true }),
    );
    return Item && blockIn(Item);
  }

  /** Adds an entry, or lets a longer block of the same name stay. @returns the entry that was there */
  async addUnlessLonger(block: ListedBlock): Promise<ListedBlock | undefined> {
    const there = await this.get(block.entry);
    if (!there || longer(there, block) === block) await this.add(block);
    return there;
  }

  /** Writes an entry in place of one that was read. @returns false if that one is no longer as it was */
  async replace(there: ListedBlock | undefined, block: ListedBlock): Promise<boolean> {
    return this.unlessChanged(
      this.client.send(new PutItemCommand({ TableName: this.name, Item: itemOf(block), ...stillAs(there) })),
    );
  }

  /** Removes an entry that was read. @returns false if it is no longer as it was */
  async removeUnchanged(block: ListedBlock): Promise<boolean> {
    const Key = { entry: { S: block.entry } };
    return this.unlessChanged(
      this.client.send(new DeleteItemCommand({ TableName: this.name, Key, ...stillAs(block) })),
    );
  }

  private async unlessChanged(call: Promise<unknown>): Promise<boolean> {
    try {
      await call;
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === "ConditionalCheckFailedException") return false;
      throw error;
    }
  }

  /** Every entry in the table, in order, including expired entries that DynamoDB has not deleted yet. */
  async list(): Promise<ListedBlock[]> {
    const blocks: ListedBlock[] = [];
    const scan = { TableName: this.name, ConsistentRead: true };
    for await (const { Items = [] } of paginateScan({ client: this.client }, scan)) {
      blocks.push(...Items.map(blockIn));
    }
    return blocks.sort((a, b) => (a.entry < b.entry ? -1 : 1));
  }
}

/**
 * Opens the block list of an environment, with the local endpoint or with your own AWS credentials.
 * @throws TableError when the credentials are of another account than the environment's
 */
export async function openTable(environment: Environment): Promise<BlockTable> {
  const { name, account } = environment;
  const client = new DynamoDBClient(connection(environment));
  const table = new BlockTable(blockListName(environment), client);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table.name }));
  // The table's ARN contains the account, so no call to another service and no further permission is needed.
  const actual = Table?.TableArn?.split(":")[4];
  if (actual !== account) {
    throw new TableError(
      `The AWS credentials are of account ${actual}, but ${name} is account ${account}: nothing was done.`,
    );
  }
  return table;
}

/** The condition that an entry is as it was read; without one, that there is none. */
function stillAs(block: ListedBlock | undefined) {
  if (!block) return { ConditionExpression: "attribute_not_exists(entry)" };
  const ExpressionAttributeNames = { "#until": "until" };
  if (block.until === undefined) {
    const ConditionExpression = "attribute_exists(entry) AND attribute_not_exists(#until)";
    return { ConditionExpression, ExpressionAttributeNames };
  }
  return {
    ConditionExpression: "#until = :until",
    ExpressionAttributeNames,
    ExpressionAttributeValues: { ":until": { N: String(block.until) } },
  };
}

/** An entry as an item of DynamoDB. */
export function itemOf({ entry, until, reason }: ListedBlock): Item {
  return {
    entry: { S: entry },
    ...(until !== undefined && { until: { N: String(until) } }),
    ...(reason !== undefined && { reason: { S: reason } }),
  };
}

function blockIn({ entry, until, reason }: Item): ListedBlock {
  return {
    entry: entry?.S ?? "",
    ...(until?.N !== undefined && { until: Number(until.N) }),
    ...(reason?.S !== undefined && { reason: reason.S }),
  };
}

const SERVICES = [
  ["DynamoDB", DynamoDBServiceException],
  ["Cognito", CognitoIdentityProviderServiceException],
  ["Lambda", LambdaServiceException],
] as const;

/** The error of a call as one sentence, if the person can do something about it. */
export function explain(error: unknown, environment: Environment): unknown {
  const { name, account, region, endpoint } = environment;
  const { message, name: kind } = error as Error;
  const sentence = (text: string) => new TableError(text, { cause: error });
  if (kind === "ResourceNotFoundException" && error instanceof DynamoDBServiceException) {
    return sentence(
      endpoint
        ? `There is no table ${blockListName(environment)} on the local cloud: deploy it with npm run local.`
        : `There is no table ${blockListName(environment)} in ${region} of your credentials' account: use credentials of account ${account}, and deploy identity-${name} if you have not yet.`,
    );
  }
  const connecting = connectionSentence(error, environment);
  if (connecting) return sentence(connecting);
  for (const [service, exception] of SERVICES) {
    if (error instanceof exception) return sentence(`${service} refused with ${kind}: ${message}`);
  }
  return error;
}
