import type { Construct } from "constructs";
import type { Environment } from "./environments";
import { ExpiringTable } from "./expiring-table";
import type { LogMetric } from "./log-metric";
import { blockListName } from "./names";
import type { Permission } from "./permission";

/**
 * The table of users and domains that are refused, which changes without a deployment. `npm run blocks` writes it, and
 * triggers read it.
 * Each item is an `entry` (`user:…` or `domain:…`), and may have a `reason` and an `until`, in seconds since 1970.
 */
export class BlockList extends ExpiringTable {
  /** The permission for a function to read the list. */
  readonly readPermission: Permission;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, { environment, name: blockListName(environment), keys: ["entry"] });
    this.readPermission = {
      name: "read-block-list",
      actions: ["dynamodb:BatchGetItem"],
      on: { resources: [this.arn] },
    };
  }
}

/** Counts how often a function could not read the list in time. */
export const BLOCK_LIST_UNAVAILABLE: LogMetric = {
  name: "BlockListUnavailable",
  pattern: '{ $.message.blockList = "unavailable" }',
};
