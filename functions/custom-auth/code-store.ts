import { callService, ServiceError } from "../shared/service";
import { MOST_ANSWERS } from "./define";
import { type OneTimeCode, secondsNow } from "./one-time-code";
import type { Settings } from "./settings";

/** The table that stores the codes, and the key that encrypts them. */
export type CodeStore = Pick<Settings, "table" | "keyArn">;

/** The sign-in that a code belongs to. No other sign-in accepts the code. */
export interface SignIn {
  /** The id of this sign-in. It is random, because Cognito's events have none. */
  readonly id: string;
  readonly sub: string;
  readonly userPoolId: string;
}

/** The most codes that a user gets in a {@link PERIOD}, so that a stranger cannot fill a user's mailbox. */
const MOST_CODES = 10;

/** In seconds. */
const PERIOD = 600;

/** How long one call may take, in milliseconds. A new code needs three calls and 1.5 s for the mail, within 5 s. */
const deadline = 800;

interface Item {
  readonly code?: { B?: string };
  readonly until?: { N?: string };
}

/** The table has one key, so an item of a user has the sub and what the item is for. */
const key = (sub: string, purpose: string) => ({ user: { S: `${sub} ${purpose}` } });

/**
 * Counts a code that a user is about to get.
 * @returns false when the user got too many
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
 */
export async function countCode(table: string, sub: string): Promise<boolean> {
  const period = Math.floor(secondsNow() / PERIOD);
  return update({
    TableName: table,
    Key: key(sub, `codes ${period}`),
    UpdateExpression: "SET #until = :until ADD codes :one",
    ConditionExpression: "attribute_not_exists(codes) OR codes < :most",
    ExpressionAttributeNames: { "#until": "until" },
    ExpressionAttributeValues: {
      ":until": { N: String((period + 1) * PERIOD) },
      ":one": { N: "1" },
      ":most": { N: String(MOST_CODES) },
    },
  });
}

/** Stores the code of a sign-in, encrypted. */
export async function saveCode(store: CodeStore, signIn: SignIn, { code, until }: OneTimeCode): Promise<void> {
  const input = {
    TableName: store.table,
    Item: {
      ...key(signIn.sub, signIn.id),
      code: { B: await encrypt(store, signIn, code) },
      until: { N: String(until) },
      answers: { N: "0" },
    },
  };
  await callService("dynamodb", "DynamoDB_20120810.PutItem", input, { deadline });
}

/**
 * The code of a sign-in, unless it has expired. DynamoDB may take days to delete an expired code.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
 */
export async function readCode(store: CodeStore, signIn: SignIn): Promise<OneTimeCode | undefined> {
  const input = { TableName: store.table, Key: key(signIn.sub, signIn.id), ConsistentRead: true };
  const { Item } = await callService<{ Item?: Item }>("dynamodb", "DynamoDB_20120810.GetItem", input, { deadline });
  if (!Item || Number(Item.until?.N) <= secondsNow()) return undefined;
  return decrypt(store, signIn, Item);
}

/**
 * Counts an answer. A right answer uses up the code. The session of a sign-in can be sent again, so the answers are
 * counted here too.
 * @returns false when the code is used up, or when the sign-in has no code
 */
export function useAnswer(table: string, { sub, id }: Pick<SignIn, "sub" | "id">, isRight: boolean): Promise<boolean> {
  return update({
    TableName: table,
    Key: key(sub, id),
    UpdateExpression: isRight ? "SET answers = :most" : "ADD answers :one",
    // The condition also fails if there is no item, so the update creates none.
    ConditionExpression: "answers < :most",
    ExpressionAttributeValues: {
      ":most": { N: String(MOST_ANSWERS) },
      ...(!isRight && { ":one": { N: "1" } }),
    },
  });
}

/** @returns false when the condition is not met */
async function update(input: object): Promise<boolean> {
  try {
    await callService("dynamodb", "DynamoDB_20120810.UpdateItem", input, { deadline });
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.name === "ConditionalCheckFailedException") return false;
    throw error;
  }
}

/**
 * Binds a code to its sign-in, user and pool: it can be decrypted only with them. CloudTrail shows this, so it holds no
 * name.
 */
const context = ({ id, sub, userPoolId }: SignIn) => ({ "sign-in": id, user: sub, "userpool-id": userPoolId });

async function encrypt({ keyArn }: CodeStore, signIn: SignIn, code: string): Promise<string> {
  const { CiphertextBlob } = await callService<{ CiphertextBlob: string }>(
    "kms",
    "TrentService.Encrypt",
    { KeyId: keyArn, Plaintext: Buffer.from(code).toString("base64"), EncryptionContext: context(signIn) },
    { deadline },
  );
  return CiphertextBlob;
}

async function decrypt({ keyArn }: CodeStore, signIn: SignIn, { code, until }: Item): Promise<OneTimeCode> {
  const { Plaintext } = await callService<{ Plaintext: string }>(
    "kms",
    "TrentService.Decrypt",
    { KeyId: keyArn, CiphertextBlob: code?.B, EncryptionContext: context(signIn) },
    { deadline },
  );
  return { code: Buffer.from(Plaintext, "base64").toString(), until: Number(until?.N) };
}
