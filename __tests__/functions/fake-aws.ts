import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Value = Record<string, unknown>;
type Item = Record<string, Value>;

/** A request that a service got: `PutItem`, or `SendEmail`, and what it was asked. */
interface Call {
  readonly operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: what services are asked has as many shapes as they have operations
  readonly input: any;
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

/** An operation that fails with a code, or never answers, or does only after a while. */
// biome-ignore lint/suspicious/noExplicitAny: as above
type Fault = string | "hang" | Failure | ((input: any) => Promise<unknown>);

/**
 * The services that handlers call, as far as they do, behind AWS_ENDPOINT_URL: tables with conditions, a key that minds the
 * encryption context, mail that is kept.
 */
export function fakeAws() {
  const calls: Call[] = [];
  const items = new Map<string, Item>();
  const faults: Record<string, Fault> = {};
  const server = createServer(async (request, response) => {
    const operation = String(request.headers["x-amz-target"] ?? "SES.SendEmail").split(".")[1] ?? "";
    const input = JSON.parse(await text(request));
    calls.push({ operation, input });
    const fault = faults[operation];
    if (fault === "hang") return;
    try {
      if (typeof fault === "function") await fault(input);
      else if (fault) throw typeof fault === "string" ? new Failure(fault) : fault;
      response.end(JSON.stringify(OPERATIONS[operation]?.(input, items) ?? {}));
    } catch (error) {
      const { code, more, message } = error instanceof Failure ? error : new Failure(`Broken: ${error}`);
      response.writeHead(400, { "x-amzn-errortype": code });
      response.end(JSON.stringify({ __type: `com.amazonaws#${code}`, message, ...more }));
    }
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(process.env, { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    calls.length = 0;
    items.clear();
    for (const operation of Object.keys(faults)) delete faults[operation];
  });
  return {
    items: () => [...items.values()],
    calls: (operation?: string) => calls.filter((call) => !operation || call.operation === operation),
    fail: (operation: string, fault: Fault) => {
      faults[operation] = fault;
    },
    mend: (operation: string) => {
      delete faults[operation];
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: as above
type Operation = (input: any, items: Map<string, Item>) => object | undefined;

const keyOf = ({ user, at }: Item) => `${user?.S} ${at?.S}`;

const OPERATIONS: Record<string, Operation> = {
  PutItem: (input, items) => {
    requireCondition(input, items.get(keyOf(input.Item)));
    items.set(keyOf(input.Item), input.Item);
    return {};
  },
  GetItem: (input, items) => ({ Item: items.get(keyOf(input.Key)) }),
  DeleteItem: (input, items) => {
    requireCondition(input, items.get(keyOf(input.Key)));
    items.delete(keyOf(input.Key));
    return {};
  },
  UpdateItem: (input, items) => {
    const [, name = "", value] = /^ADD (\w+) (:\w+)$/.exec(input.UpdateExpression) ?? [];
    const item = items.get(keyOf(input.Key)) ?? input.Key;
    requireCondition(input, items.get(keyOf(input.Key)));
    const sum = Number(item[name]?.N ?? 0) + Number(input.ExpressionAttributeValues[value ?? ""].N);
    items.set(keyOf(input.Key), { ...item, [name]: { N: String(sum) } });
    return {};
  },
  TransactWriteItems: ({ TransactItems: [{ ConditionCheck: check }, { Put: put }] }, items) => {
    if (!holds(check, items.get(keyOf(check.Key)))) {
      const CancellationReasons = [{ Code: "ConditionalCheckFailed" }, { Code: "None" }];
      throw new Failure("TransactionCanceledException", { CancellationReasons });
    }
    return OPERATIONS.PutItem?.(put, items);
  },
  Encrypt: (input) => ({ CiphertextBlob: Buffer.from(JSON.stringify(input)).toString("base64") }),
  Decrypt: (input) => {
    const sealed = JSON.parse(Buffer.from(input.CiphertextBlob, "base64").toString());
    const same = JSON.stringify(sealed.EncryptionContext) === JSON.stringify(input.EncryptionContext);
    if (!same || sealed.KeyId !== input.KeyId) throw new Failure("InvalidCiphertextException");
    return { Plaintext: sealed.Plaintext };
  },
};

function requireCondition(input: Parameters<Operation>[0], item: Item | undefined): void {
  const Item = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD" ? item : undefined;
  if (!holds(input, item)) throw new Failure("ConditionalCheckFailedException", { Item });
}

/** Whether an item meets a condition of the few kinds that our handlers write. */
function holds(input: Parameters<Operation>[0], item: Item | undefined): boolean {
  const attribute = (name = "") => item?.[input.ExpressionAttributeNames?.[name] ?? name];
  const conditions: string[] = (input.ConditionExpression ?? "").split(" OR ");
  return conditions.some((condition) => {
    if (!condition) return true;
    const [, absent] = /^attribute_not_exists\((\S+)\)$/.exec(condition) ?? [];
    if (absent) return attribute(absent) === undefined;
    const [, name, sign, value] = /^(\S+) (<|<=|=) (:\w+)$/.exec(condition) ?? [];
    if (!name || !value) throw new Error(`the fake knows no condition ${condition}`);
    const [left, right] = [Number(attribute(name)?.N), Number(input.ExpressionAttributeValues[value].N)];
    return sign === "<" ? left < right : sign === "=" ? left === right : left <= right;
  });
}
