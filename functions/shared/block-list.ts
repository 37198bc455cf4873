import { domainOf } from "./domains";
import { emailOf, namesOf, providerNamesOf, type TriggerEvent } from "./event";
import { normalUser } from "./names";
import { type CallOptions, callService } from "./service";
import { canBeKey } from "./table-key";

/** One entry of the block list, as the table stores it. */
export interface Block {
  /**
   * `user:` and a user name, sub, address, phone number or name at an identity provider, or `domain:` and a domain; in
   * its normal spelling.
   */
  readonly entry: string;
  /** When the entry expires, in seconds since 1970. DynamoDB deletes it some time after that. */
  readonly until?: number;
}

/** The most identities that are looked up. Cognito allows five, beside the user's own. */
const MOST_IDENTITIES = 10;

/** The most labels of a domain that are looked up. It limits the read, and real domains have fewer. */
const MOST_LABELS = 8;

/**
 * The entries that would block a person. Their number does not depend on the length of the list. What DynamoDB takes
 * for no key is in no entry, so it is left out.
 */
export function entriesFor(event: TriggerEvent, includeSubdomains: boolean): string[] {
  const email = emailOf(event);
  const names = globalThis.WITHOUT_PROVIDERS
    ? namesOf(event)
    : [...namesOf(event), ...providerNamesOf(event).slice(0, MOST_IDENTITIES)];
  const users = names.flatMap((name) => [normalUser(name), earlierSpelling(name)]);
  const domain = email && domainOf(email);
  const domains = domain ? [domain, ...(includeSubdomains ? parentsOf(domain) : [])] : [];
  const entries = [...users.map((name) => `user:${name}`), ...domains.map((name) => `domain:${name}`)];
  return [...new Set(entries)].filter(canBeKey);
}

/** How entries were written before they had a normal spelling. `npm run blocks -- normalise` rewrites those entries. */
const earlierSpelling = (name: string) => name.toLowerCase();

function parentsOf(domain: string): string[] {
  const labels = domain.split(".").slice(-MOST_LABELS);
  return labels.map((_, index) => labels.slice(index).join("."));
}

/** The first entry that has not expired. DynamoDB may take days to delete an expired one. */
export function activeBlock(blocks: readonly Block[], now = Date.now()): Block | undefined {
  return blocks.find(({ until }) => until === undefined || until * 1000 > now);
}

interface BatchGetItem {
  readonly Responses?: Record<string, { entry?: { S?: string }; until?: { N?: string } }[]>;
  readonly UnprocessedKeys?: Record<string, unknown>;
}

/**
 * Reads these entries of the block list, in one call.
 * @throws Error when not all entries can be read in time
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export async function readBlocks(table: string, entries: string[], options?: CallOptions): Promise<Block[]> {
  const Keys = entries.map((entry) => ({ entry: { S: entry } }));
  const input = { RequestItems: { [table]: { Keys, ConsistentRead: true } } };
  const { Responses, UnprocessedKeys } = await callService<BatchGetItem>(
    "dynamodb",
    "DynamoDB_20120810.BatchGetItem",
    input,
    options,
  );
  // An answer without the table does not prove that the table has no such entry.
  if (!Responses?.[table] || UnprocessedKeys?.[table]) throw new Error("the block list was not read whole");
  return Responses[table].map(({ entry, until }) => ({
    entry: entry?.S ?? "",
    until: until?.N === undefined ? undefined : Number(until.N),
  }));
}
