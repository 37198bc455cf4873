import type { LogMetric } from "../log-metric";
import type { Permission } from "../permission";
import type { PoolResources } from "./resources";
import type { Pool } from "./trigger";

/** The permission to look for another user of the pool with a name, an address or a phone number. */
export const lookUpUsers = (pool: Pool): Permission => ({
  name: "look-up-users",
  actions: ["cognito-idp:AdminGetUser"],
  on: { resources: [pool.arn] },
});

/** The permission to look for a person in the legacy directory. */
export const readLegacyUsers = (arnOf: PoolResources["arnOf"], table: string): Permission => ({
  name: "read-legacy-users",
  actions: ["dynamodb:GetItem"],
  on: { resources: [arnOf("dynamodb", `table/${table}`)] },
});

/** Counts how often a function could not read the legacy directory. */
export const DIRECTORY_UNAVAILABLE: LogMetric = {
  name: "LegacyDirectoryUnavailable",
  pattern: '{ $.message.legacyDirectory = "unavailable" }',
};
