import { callService, ServiceError } from "../shared/service";
import { type OneTimeCode, secondsNow } from "./one-time-code";
import type { Settings } from "./settings";

/** Where codes are kept, and the key they are encrypted with. */
export type CodeStore = Pick<Settings, "table" | "keyArn">;

/** Whose code it is. */
export interface Owner {
  readonly sub: string;
  readonly userPoolId: string;
}

/** Seconds after a code was made in which the user gets no other. */
const WINDOW = 30;

/** Answers that are compared between one new code of a user and the next, in all sign-ins together. */
const MOST_ATTEMPTS = 10;

/** Milliseconds that one call may take: a new code needs three, and 1.5 s for the mail, within Cognito's 5 s. */
const deadline = 800;

interface Item {
  readonly code?: { B?: string };
  readonly until?: { N?: string };
}

const key = (sub: string) => ({ user: { S: sub } });

/**
 * Keeps a new code, unless the user got one within the last 30 s. Cognito repeats a slow attempt, and nothing in an event
 * tells a repeat: it finds the code of the attempt before it. So does another sign-in within that time, which keeps
 * strangers from filling a mailbox.
 * @returns the code that counts, and whether it is the new one
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
 * The newest code of a user, if it lives still: DynamoDB may take days to remove one that does not.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
 */
export async function readCode(store: CodeStore, owner: Owner): Promise<OneTimeCode | undefined> {
  const input = { TableName: store.table, Key: key(owner.sub), ConsistentRead: true };
  const { Item } = await callService<{ Item?: Item }>("dynamodb", "DynamoDB_20120810.GetItem", input, { deadline });
  if (!Item || Number(Item.until?.N) <= secondsNow()) return undefined;
  return decrypt(store, owner, Item);
}

/**
 * Makes way for another code, where nobody got this one: the next sign-in mails one. The item stays, since an older code
 * that lives still is counted with it; another's in its place stays as it is.
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
 * Counts an answer before it is compared. Sign-ins of one window share a code, so three answers a sign-in would be any
 * number of answers a code. Those to an older code that lives still are counted with the newest's.
 * @returns false when there were too many, or no code at all
 */
export async function countAttempt(table: string, sub: string): Promise<boolean> {
  const input = {
    TableName: table,
    Key: key(sub),
    UpdateExpression: "ADD attempts :one",
    // Not true either where the user has no item, so none is made.
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

/** Binds a code to its user and pool: elsewhere it cannot be decrypted. CloudTrail shows this, so it names no person. */
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
