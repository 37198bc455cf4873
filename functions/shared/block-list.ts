import { domainOf } from "./domains";
import { attributesOf, emailOf, type TriggerEvent } from "./event";
import { callService } from "./service";

/** One entry of the block list, as the table holds it. */
export interface Block {
  /** `user:` and a user name, sub or address, or `domain:` and a domain; in lower case. */
  readonly entry: string;
  /** Seconds since 1970 from which it no longer counts; DynamoDB removes it some time after. */
  readonly until?: number;
}

/** Labels of an address's domain that are looked at; it bounds the read, and no one's domain has more. */
const MOST_LABELS = 8;

/** The entries that would block a person: a bounded number, however long the list is. */
export function entriesFor(event: TriggerEvent, includeSubdomains: boolean): string[] {
  const email = emailOf(event);
  const users = [event.userName, attributesOf(event).sub, email].filter((name) => !!name);
  const domain = email && domainOf(email);
  const domains = domain ? [domain, ...(includeSubdomains ? parentsOf(domain) : [])] : [];
  return [
    ...new Set([...users.map((name) => `user:${name?.toLowerCase()}`), ...domains.map((name) => `domain:${name}`)]),
  ];
}

function parentsOf(domain: string): string[] {
  const labels = domain.split(".").slice(-MOST_LABELS);
  return labels.map((_, index) => labels.slice(index).join("."));
}

/** Of what was read, the block that counts now: DynamoDB may take days to remove one that has run out. */
export function activeBlock(blocks: readonly Block[], now = Date.now()): Block | undefined {
  return blocks.find(({ until }) => until === undefined || until * 1000 > now);
}

interface BatchGetItem {
  readonly Responses?: Record<string, { entry?: { S?: string }; until?: { N?: string } }[]>;
  readonly UnprocessedKeys?: Record<string, unknown>;
}

/**
 * The blocks of these entries, in one read.
 * @throws Error when the table cannot be read whole, or in time
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export async function readBlocks(table: string, entries: string[]): Promise<Block[]> {
  const Keys = entries.map((entry) => ({ entry: { S: entry } }));
  const { Responses, UnprocessedKeys } = await callService<BatchGetItem>("dynamodb", "DynamoDB_20120810.BatchGetItem", {
    RequestItems: { [table]: { Keys, ConsistentRead: true } },
  });
  // An answer that says nothing of the table is no proof that nobody is in it.
  if (!Responses?.[table] || UnprocessedKeys?.[table]) throw new Error("the block list was not read whole");
  return Responses[table].map(({ entry, until }) => ({
    entry: entry?.S ?? "",
    until: until?.N === undefined ? undefined : Number(until.N),
  }));
}
