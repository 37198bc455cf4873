import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { Environment } from "./environments";
import { exceptFromScan } from "./scan-exceptions";

export interface ExpiringTableProps {
  readonly environment: Environment;
  readonly name: string;
  /** The text attributes of the key: the hash key, and the range key if there is one. */
  readonly keys: readonly [hash: string, range?: string];
}

/**
 * A table whose items expire at `until`, in seconds since 1970. DynamoDB may take days to delete an expired item, so a
 * reader must check `until` itself.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export class ExpiringTable extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, name, keys }: ExpiringTableProps) {
    super(scope, id);
    const disposable = environment.stage === "local";
    const [hashKey, rangeKey] = keys;
    const table = new DynamodbTable(this, "table", {
      name,
      billingMode: "PAY_PER_REQUEST",
      hashKey,
      rangeKey,
      attribute: keys.flatMap((key) => (key ? [{ name: key, type: "S" }] : [])),
      ttl: { attributeName: "until", enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: !disposable,
      lifecycle: { preventDestroy: !disposable },
    });
    exceptFromScan(table, {
      CKV_AWS_119:
        "AWS's key for DynamoDB encrypts it, and the account's IAM says who reads it; a key of ours costs more.",
    });
    this.name = name;
    this.arn = table.arn;
  }
}
