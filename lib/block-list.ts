import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { APP, type Environment } from "./environments";
import type { TriggerFunction } from "./trigger-function";

/** The name of an environment's block list. */
export function blockListName({ name }: Pick<Environment, "name">): string {
  return `${APP}-${name}-block-list`;
}

/**
 * The users and domains that are refused without a deployment: `npm run blocks` writes it, triggers read it.
 * Each item is an `entry` (`user:…` or `domain:…`), and may have a `reason` and an `until`, in seconds since 1970.
 */
export class BlockList extends Construct {
  readonly tableName: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const disposable = environment.stage === "local";
    this.tableName = blockListName(environment);
    const table = new DynamodbTable(this, "table", {
      name: this.tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "entry",
      attribute: [{ name: "entry", type: "S" }],
      // Only cleans up: DynamoDB may take days, so a reader compares for itself.
      ttl: { attributeName: "until", enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: !disposable,
      lifecycle: { preventDestroy: !disposable },
    });
    this.arn = table.arn;
  }

  /** Counts how often a function could not read the list in time: metric `BlockListUnavailable`. */
  countFailures(fn: TriggerFunction): void {
    new CloudwatchLogMetricFilter(fn, "block-list-unavailable", {
      name: "block-list-unavailable",
      logGroupName: fn.logGroupName,
      pattern: '{ $.message.blockList = "unavailable" }',
      metricTransformation: { name: "BlockListUnavailable", namespace: this.tableName, value: "1" },
    });
  }
}
