import { callService } from "./service";
import { canBeKey } from "./table-key";

/** One attribute of an item in DynamoDB's JSON. Binary values are base64. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
}

/** A person of the legacy directory. */
export type LegacyItem = Readonly<Record<string, AttributeValue | undefined>>;

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
  if (!canBeKey(key)) return undefined;
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
