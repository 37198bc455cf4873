import { callService, ServiceError } from "../shared/service";
import { type OneTimeCode, secondsNow } from "./one-time-code";
import type { Settings } from "./settings";

/** The table that stores the codes, and the key that encrypts them. */
export type CodeStore = Pick<Settings, "table" | "keyArn">;

/** The user whom a code belongs to. */
export interface Owner {
  readonly sub: string;
  readonly userPoolId: string;
}

/** How long after a code the user gets no other code, in seconds. */
const WINDOW = 30;

/** The most answers that are compared until the user gets a new code, in all sign-ins together. */
const MOST_ATTEMPTS = 10;

/** How long one call may take, in milliseconds. A new code needs three calls and 1.5 s for the mail, within 5 s. */
const deadline = 800;

interface Item {
  readonly code?: { B?: string };
  readonly until?: { N?: string };
}

const key = (sub: string) => ({ user: { S: sub } });

/**
 * Stores a new code, unless the user got one within the last 30 s. Cognito repeats a slow attempt, and an event does
 * not show that it is a repeat, so a repeat uses the code of the first attempt. Another sign-in within that time uses
 * it too, so a stranger cannot fill a user's mailbox.
 * @returns the code that is valid, and whether it is the new one
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export async function saveCode(
  store: CodeStore,
  owner: Owner,
  made: OneTimeCode,
): Promise<{ kept: OneTimeCode; isNew: boolean }> {
  const now = secondsNow();
  const input = {
    TableName: store.table,
    Item: {
      ...key(owner.sub),
      code: { B: await encrypt(store, owner, made.code) },
      madeAt: { N: String(now) },
      until: { N: String(made.until) },
      attempts: { N: "0" },
    },
    ConditionExpression: "attribute_not_exists(#user) OR madeAt <= :windowStart",
    ExpressionAttributeNames: { "#user": "user" },
    ExpressionAttributeValues: { ":windowStart": { N: String(now - WINDOW) } },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
  try {
    await callService("dynamodb", "DynamoDB_20120810.PutItem", input, { deadline });
    return { kept: made, isNew: true };
  } catch (error) {
    if (!isUnmet(error)) throw error;
    return { kept: await decrypt(store, owner, error.answer<{ Item?: Item }>().Item ?? {}), isNew: false };
  }
}

/**
 * The newest code of a user, unless it has expired. DynamoDB may take days to delete an expired code.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
 */
export async function readCode(store: CodeStore, owner: Owner): Promise<OneTimeCode | undefined> {
  const input = { TableName: store.table, Key: key(owner.sub), ConsistentRead: true };
  const { Item } = await callService<{ Item?: Item }>("dynamodb", "DynamoDB_20120810.GetItem", input, { deadline });
  if (!Item || Number(Item.until?.N) <= secondsNow()) return undefined;
  return decrypt(store, owner, Item);
}

/**
 * Lets the next sign-in mail another code at once, because nobody got this one. The item stays, because it also counts
 * the answers to an older code that is still valid. If the item already holds a newer code, nothing changes.
 */
export async function forgetCode({ table }: CodeStore, { sub }: Owner, made: OneTimeCode): Promise<void> {
  const input = {
    TableName: table,
    Key: key(sub),
    UpdateExpression: "SET madeAt = :never",
    ConditionExpression: "#until = :until",
    ExpressionAttributeNames: { "#until": "until" },
    ExpressionAttributeValues: { ":never": { N: "0" }, ":until": { N: String(made.until) } },
  };
  await callService("dynamodb", "DynamoDB_20120810.UpdateItem", input, { deadline }).catch((error) => {
    if (!isUnmet(error)) throw error;
  });
}

/**
 * Counts an answer before it is compared. Several sign-ins can share a code, so the limit of three answers for a
 * sign-in does not limit the answers to a code. Answers to an older code that is still valid count for the newest code.
 * @returns false when there were too many answers, or when the user has no code
 */
export async function countAttempt(table: string, sub: string): Promise<boolean> {
  const input = {
    TableName: table,
    Key: key(sub),
    UpdateExpression: "ADD attempts :one",
    // The condition also fails if the user has no item, so the update creates none.
    ConditionExpression: "attempts < :most",
    ExpressionAttributeValues: { ":one": { N: "1" }, ":most": { N: String(MOST_ATTEMPTS) } },
  };
  try {
    await callService("dynamodb", "DynamoDB_20120810.UpdateItem", input);
    return true;
  } catch (error) {
    if (!isUnmet(error)) throw error;
    return false;
  }
}

const isUnmet = (error: unknown): error is ServiceError =>
  error instanceof ServiceError && error.name === "ConditionalCheckFailedException";

/**
 * Binds a code to its user and pool: it can be decrypted only with both. CloudTrail shows this, so it holds no name.
 */
const context = ({ sub, userPoolId }: Owner) => ({ user: sub, "userpool-id": userPoolId });

async function encrypt({ keyArn }: CodeStore, owner: Owner, code: string): Promise<string> {
  const { CiphertextBlob } = await callService<{ CiphertextBlob: string }>(
    "kms",
    "TrentService.Encrypt",
    { KeyId: keyArn, Plaintext: Buffer.from(code).toString("base64"), EncryptionContext: context(owner) },
    { deadline },
  );
  return CiphertextBlob;
}

async function decrypt({ keyArn }: CodeStore, owner: Owner, { code, until }: Item): Promise<OneTimeCode> {
  const { Plaintext } = await callService<{ Plaintext: string }>(
    "kms",
    "TrentService.Decrypt",
    { KeyId: keyArn, CiphertextBlob: code?.B, EncryptionContext: context(owner) },
    { deadline },
  );
  return { code: Buffer.from(Plaintext, "base64").toString(), until: Number(until?.N) };
}
