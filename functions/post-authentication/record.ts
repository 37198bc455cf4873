import { attributesOf, type TriggerEvent } from "../shared/event";
import { callService, ServiceError } from "../shared/service";

/** What is kept of a sign-in: nothing that names the person to who does not have the pool. */
export interface SignIn {
  readonly user: string;
  /** The app client's id. */
  readonly client: string;
  readonly newDevice: boolean;
  /** When, in milliseconds since 1970. */
  readonly time: number;
  /** Seconds since 1970 from which DynamoDB may remove it. */
  readonly until: number;
}

const DAY = 24 * 60 * 60;

/**
 * The sign-in that an event tells of.
 * @throws Error when it does not say whose; an address in place of a name is never kept
 */
export function signInOf(
  event: TriggerEvent<string, { newDeviceUsed: boolean | null }>,
  keepDays: number,
  time = Date.now(),
): SignIn {
  const user = attributesOf(event).sub ?? event.userName;
  if (!user || user.includes("@")) throw new Error("the event has neither sub nor a userName that is no address");
  return {
    user,
    client: event.callerContext?.clientId ?? "unknown",
    newDevice: event.request?.newDeviceUsed === true,
    time,
    until: Math.floor(time / 1000) + keepDays * DAY,
  };
}

/** How far apart the tries of one sign-in may be, in milliseconds: three of 5 s each. */
const WINDOW = 15_000;

/**
 * Keeps a sign-in, once however often Cognito tries.
 *
 * No two tries have anything in common that another sign-in has not. So the sort key is the time rounded down to a
 * quarter of a minute, with the client: a repeat in the same quarter writes the same item again, and one in the next is
 * not written, as the quarter before it has an item. Sign-ins of one user and client that are so close count as one.
 * @throws Error when the table cannot be written, or not in time
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export async function saveSignIn(table: string, { user, client, newDevice, time, until }: SignIn): Promise<void> {
  const keyAt = (moment: number) => {
    const quarter = new Date(moment - (moment % WINDOW)).toISOString();
    return { user: { S: user }, at: { S: `${quarter}#${client}` } };
  };
  const unlessBefore = {
    TableName: table,
    Key: keyAt(time - WINDOW),
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

/** Whether nothing was written because another try has written, or is writing this moment. */
function isRepeat(error: unknown): boolean {
  if (!(error instanceof ServiceError) || error.name !== "TransactionCanceledException") return false;
  const { CancellationReasons: reasons = [] } = error.answer<{ CancellationReasons?: { Code?: string }[] }>();
  return reasons.some(({ Code }) => Code === "ConditionalCheckFailed" || Code === "TransactionConflict");
}
