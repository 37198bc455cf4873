import { isContact } from "../shared/contact";
import { attributesOf, type TriggerEvent } from "../shared/event";
import { callService, ServiceError } from "../shared/service";
import { canBeKey } from "../shared/table-key";

/** A stored sign-in. Without access to the pool, it identifies nobody. */
export interface SignIn {
  readonly user: string;
  /** The app client's id. */
  readonly client: string;
  readonly newDevice: boolean;
  /** The time of the sign-in, in milliseconds since 1970. */
  readonly time: number;
  /** When DynamoDB may delete the item, in seconds since 1970. */
  readonly until: number;
}

const DAY = 24 * 60 * 60;

/**
 * The sign-in that an event describes.
 * @throws Error when the event has no sub and no user name, or only a user name that identifies a person or is no key
 */
export function signInOf(
  event: TriggerEvent<string, { newDeviceUsed: boolean | null }>,
  keepDays: number,
  time = Date.now(),
): SignIn {
  const { sub } = attributesOf(event);
  const user = sub ?? event.userName ?? "";
  if (!canBeKey(user) || (!sub && isContact(user))) {
    throw new Error("the event has neither sub nor a userName that is no address");
  }
  return {
    user,
    client: event.callerContext?.clientId ?? "unknown",
    newDevice: event.request?.newDeviceUsed === true,
    time,
    until: Math.floor(time / 1000) + keepDays * DAY,
  };
}

/** The longest time between two tries of one sign-in, in milliseconds: Cognito tries three times, each up to 5 s. */
const QUARTER_MINUTE = 15_000;

/**
 * Stores a sign-in once, even if Cognito tries several times.
 *
 * The events of two tries do not show that they belong together. So the sort key is the time, rounded down to a quarter
 * of a minute, and the client. A repeat in the same quarter overwrites the item. A repeat in the next quarter writes
 * nothing, because the quarter before has an item. Two sign-ins of one user and client that are this close count as
 * one.
 * @throws Error when the table cannot be written in time
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export async function saveSignIn(table: string, { user, client, newDevice, time, until }: SignIn): Promise<void> {
  const keyAt = (moment: number) => {
    const quarter = new Date(moment - (moment % QUARTER_MINUTE)).toISOString();
    return { user: { S: user }, at: { S: `${quarter}#${client}` } };
  };
  const unlessBefore = {
    TableName: table,
    Key: keyAt(time - QUARTER_MINUTE),
    ConditionExpression: "attribute_not_exists(#user)",
    ExpressionAttributeNames: { "#user": "user" },
  };
  const record = {
    TableName: table,
    Item: { ...keyAt(time), client: { S: client }, newDevice: { BOOL: newDevice }, until: { N: String(until) } },
  };
  await callService("dynamodb", "DynamoDB_20120810.TransactWriteItems", {
    TransactItems: [{ ConditionCheck: unlessBefore }, { Put: record }],
  }).catch((error) => {
    if (!isRepeat(error)) throw error;
  });
}

/** Whether nothing was written because another try has written the item or is writing it now. */
function isRepeat(error: unknown): boolean {
  if (!(error instanceof ServiceError) || error.name !== "TransactionCanceledException") return false;
  const { CancellationReasons: reasons = [] } = error.answer<{ CancellationReasons?: { Code?: string }[] }>();
  return reasons.some(({ Code }) => Code === "ConditionalCheckFailed" || Code === "TransactionConflict");
}
