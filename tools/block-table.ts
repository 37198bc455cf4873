import {
  type AttributeValue,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  DynamoDBServiceException,
  PutItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { blockListName } from "../lib/block-list";
import type { Environment } from "../lib/environments";
import type { ListedBlock } from "./block-entries";

type Item = Record<string, AttributeValue>;

/** What DynamoDB will not do, in one sentence for the person who asked. */
export class TableError extends Error {
  override readonly name = "TableError";
}

/** An environment's block list, for its keepers. */
export class BlockTable {
  constructor(
    readonly name: string,
    readonly client: DynamoDBClient,
  ) {}

  /** Adds a block, in place of what the table holds of the entry; that is returned. */
  async add(block: ListedBlock): Promise<ListedBlock | undefined> {
    const { Attributes } = await this.client.send(
      new PutItemCommand({ TableName: this.name, Item: itemOf(block), ReturnValues: "ALL_OLD" }),
    );
    return Attributes && blockIn(Attributes);
  }

  /** Removes an entry; what the table held of it is returned. */
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

  /** Everything in the table, in order, with what has run out and is not cleaned up yet. */
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
 * The block list of an environment: at its endpoint, or in its Region with the credentials of whoever runs this.
 * @throws TableError when those are of another account than the environment's
 */
export async function openTable(environment: Environment): Promise<BlockTable> {
  const { name, account, region, endpoint } = environment;
  const client = new DynamoDBClient({
    region,
    ...(endpoint && { endpoint, credentials: { accessKeyId: "test", secretAccessKey: "test" } }),
  });
  const table = new BlockTable(blockListName(environment), client);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table.name }));
  // The table's own ARN says whose it is, so this needs no call to another service and no right beyond this table.
  const actual = Table?.TableArn?.split(":")[4];
  if (actual !== account) {
    throw new TableError(
      `The AWS credentials are of account ${actual}, but ${name} is account ${account}: nothing was done.`,
    );
  }
  return table;
}

/** A block as DynamoDB keeps it. */
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

/** The failure of a call in one sentence, where a person can do something about it. */
export function explain(error: unknown, environment: Environment): unknown {
  const { name, account, region, endpoint } = environment;
  const { code, message, name: kind } = error as NodeJS.ErrnoException;
  const sentence = (text: string) => new TableError(text, { cause: error });
  if (kind === "ResourceNotFoundException") {
    return sentence(
      endpoint
        ? `There is no table ${blockListName(environment)} on the local cloud: deploy it with npm run local.`
        : `There is no table ${blockListName(environment)} in ${region} of your credentials' account: use credentials of account ${account}, and deploy identity-${name} if you have not yet.`,
    );
  }
  if (kind === "CredentialsProviderError" || kind === "TokenProviderError") {
    return sentence(`${name} needs AWS credentials of account ${account}: ${message}`);
  }
  if (error instanceof DynamoDBServiceException) {
    return sentence(`DynamoDB refused with ${kind}: ${message}`);
  }
  // Codes of the network; those that begin with ERR_ are Node's, for mistakes of ours.
  if ((code && !code.startsWith("ERR_")) || kind === "TimeoutError") {
    return sentence(
      endpoint
        ? `Nothing answers at ${endpoint} (${code ?? kind}): start the local cloud with npm run local, or name its port in LOCAL_PORT.`
        : `DynamoDB in ${region} cannot be reached (${code ?? kind}).`,
    );
  }
  return error;
}
