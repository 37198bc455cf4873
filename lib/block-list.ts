import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import type { Construct } from "constructs";
import { APP, type Environment } from "./environments";
import { ExpiringTable } from "./expiring-table";
import type { TriggerFunction } from "./trigger-function";

/** The name of an environment's block list. */
export function blockListName({ name }: Pick<Environment, "name">): string {
  return `${APP}-${name}-block-list`;
}

/**
 * The users and domains that are refused without a deployment: `npm run blocks` writes it, triggers read it.
 * Each item is an `entry` (`user:…` or `domain:…`), and may have a `reason` and an `until`, in seconds since 1970.
 */
export class BlockList extends ExpiringTable {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, { environment, name: blockListName(environment), keys: ["entry"] });
  }

  /** Counts how often a function could not read the list in time: metric `BlockListUnavailable`. */
  countFailures(fn: TriggerFunction): void {
    new CloudwatchLogMetricFilter(fn, "block-list-unavailable", {
      name: "block-list-unavailable",
      logGroupName: fn.logGroupName,
      pattern: '{ $.message.blockList = "unavailable" }',
      metricTransformation: { name: "BlockListUnavailable", namespace: this.name, value: "1" },
    });
  }
}
