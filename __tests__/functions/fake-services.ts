/** An item of a table, in DynamoDB's JSON. */
export type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string } | undefined>>;

/** What is kept from call to call. */
export interface Services {
  /** Of all tables, by their keys. */
  readonly items: Map<string, Item>;
  /** The one parameter. */
  secret: string;
}

/** An error as AWS answers it; its words name somebody, as AWS's may. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    readonly more: object = {},
  ) {
    super("ann@example.org 123456");
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what services are asked has as many shapes as they have operations
type Input = any;

/**
 * The operations that have an answer of their own, as far as handlers need it: tables with conditions, a key that minds the
 * encryption context, a parameter. All others take everything.
 */
export const OPERATIONS: Record<string, (input: Input, services: Services) => object> = {
  PutItem: (input, { items }) => {
    requireCondition(input, items.get(keyOf(input.Item)));
    items.set(keyOf(input.Item), input.Item);
    return {};
  },
  GetItem: ({ Key, ProjectionExpression, ExpressionAttributeNames }, { items }) => {
    const item = items.get(keyOf(Key));
    const names: string[] = ProjectionExpression?.split(",").map((name: string) => ExpressionAttributeNames[name]);
    const shown = Object.entries(item ?? {}).filter(([name]) => !names || names.includes(name));
    return { Item: item && Object.fromEntries(shown) };
  },
  UpdateItem: (input, { items }) => {
    requireCondition(input, items.get(keyOf(input.Key)));
    const item = { ...(items.get(keyOf(input.Key)) ?? input.Key) };
    for (const [, verb, name = "", value = ""] of input.UpdateExpression.matchAll(/(ADD|SET) (#?\w+)(?: =)? (:\w+)/g)) {
      const attribute = input.ExpressionAttributeNames?.[name] ?? name;
      const before = verb === "ADD" ? Number(item[attribute]?.N ?? 0) : 0;
      item[attribute] = { N: String(before + Number(input.ExpressionAttributeValues[value].N)) };
    }
    items.set(keyOf(input.Key), item);
    return {};
  },
  TransactWriteItems: ({ TransactItems: [{ ConditionCheck: check }, { Put: put }] }, services) => {
    if (!holds(check, services.items.get(keyOf(check.Key)))) {
      const CancellationReasons = [{ Code: "ConditionalCheckFailed" }, { Code: "None" }];
      throw new Failure("TransactionCanceledException", { CancellationReasons });
    }
    return OPERATIONS.PutItem?.(put, services) ?? {};
  },
  Encrypt: (input) => ({ CiphertextBlob: sealed(input) }),
  Decrypt: ({ KeyId, CiphertextBlob, EncryptionContext }) => {
    const plain: Plain = JSON.parse(Buffer.from(CiphertextBlob, "base64").toString());
    const isSame = JSON.stringify(sorted(plain.EncryptionContext)) === JSON.stringify(sorted(EncryptionContext));
    if (!isSame || plain.KeyId !== KeyId) throw new Failure("InvalidCiphertextException");
    return { KeyId, Plaintext: plain.Plaintext };
  },
  GetParameter: (_, { secret }) => ({ Parameter: { Value: secret } }),
};

/** The keys of our tables, of which each item has one or two. */
const keyOf = ({ user, at, userName }: Item) => [user, at, userName].map((part) => part?.S).join(" ");

function requireCondition(input: Input, item: Item | undefined): void {
  if (!holds(input, item)) throw new Failure("ConditionalCheckFailedException");
}

/** Whether an item meets a condition of the few kinds that our handlers write. */
function holds(input: Input, item: Item | undefined): boolean {
  const attribute = (name = "") => item?.[input.ExpressionAttributeNames?.[name] ?? name];
  const conditions: string[] = (input.ConditionExpression ?? "").split(" OR ");
  return conditions.some((condition) => {
    if (!condition) return true;
    const [, absent] = /^attribute_not_exists\((\S+)\)$/.exec(condition) ?? [];
    if (absent) return attribute(absent) === undefined;
    const [, name, value] = /^(\S+) < (:\w+)$/.exec(condition) ?? [];
    if (!name || !value) throw new Error(`the fake knows no condition ${condition}`);
    return Number(attribute(name)?.N) < Number(input.ExpressionAttributeValues[value].N);
  });
}

/** What KMS is given to encrypt, with the plaintext in base64. */
export interface Plain {
  readonly KeyId: string;
  readonly Plaintext: string;
  readonly EncryptionContext: Record<string, string>;
}

/** What KMS gives back for it: here it says what it is, and only `Decrypt` looks. */
export const sealed = (plain: Plain) => Buffer.from(JSON.stringify(plain)).toString("base64");

const sorted = (context: object) => Object.entries(context).sort();
