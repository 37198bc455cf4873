import { callService } from "../shared/service";
import { type HashedPassword, UnusablePassword } from "./scrypt";

/** One attribute of an item in DynamoDB's JSON. Binary values are base64. */
interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
}

/** A person of the legacy directory. */
export type LegacyItem = Readonly<Record<string, AttributeValue | undefined>>;

/** The attributes of an item that hold the password. They never become attributes of the user. */
export const PASSWORD_ATTRIBUTES: readonly string[] = ["salt", "hash", "n", "r", "p"];

/** The spelling of a user name that is the key of the table. */
export const keyOf = (userName: string): string => userName.trim().toLowerCase();

/**
 * Reads these attributes of the person with this user name.
 * @throws ServiceError when the table cannot be read, or a TimeoutError
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
 */
export async function findPerson(
  table: string,
  userName: string,
  attributes: readonly string[],
): Promise<LegacyItem | undefined> {
  const key = keyOf(userName);
  if (!key) return undefined;
  const names = [...new Set(attributes)].map((name, index) => [`#${index}`, name] as const);
  const { Item } = await callService<{ Item?: LegacyItem }>("dynamodb", "DynamoDB_20120810.GetItem", {
    TableName: table,
    Key: { userName: { S: key } },
    ConsistentRead: true,
    ProjectionExpression: names.map(([placeholder]) => placeholder).join(),
    ExpressionAttributeNames: Object.fromEntries(names),
  });
  return Item;
}

/** The value of an attribute as text, because Cognito's attributes are text. */
export function textOf({ S, N, BOOL }: AttributeValue = {}): string | undefined {
  return S ?? N ?? (BOOL === undefined ? undefined : String(BOOL));
}

/**
 * The password of an item.
 * @throws UnusablePassword naming the attribute that is missing or has a wrong type
 */
export function passwordOf(item: LegacyItem): HashedPassword {
  return {
    n: numberOf(item, "n"),
    r: numberOf(item, "r"),
    p: numberOf(item, "p"),
    salt: bytesOf(item, "salt"),
    hash: bytesOf(item, "hash"),
  };
}

function numberOf(item: LegacyItem, name: string): number {
  const text = item[name]?.N;
  if (text === undefined) throw new UnusablePassword(`${name} is missing, or no number`);
  return Number(text);
}

function bytesOf(item: LegacyItem, name: string): Buffer {
  const base64 = item[name]?.B ?? item[name]?.S;
  // Node would skip characters that are not base64, and the hash would be shorter.
  if (base64 === undefined || !/^[\w+/-]+={0,2}$/.test(base64)) {
    throw new UnusablePassword(`${name} is missing, or neither binary nor base64`);
  }
  return Buffer.from(base64, "base64");
}
