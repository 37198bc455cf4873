import { SettingsError } from "./checked-settings";
import type { Environment } from "./environments";
import type { CheckedPoolSettings } from "./pool-settings";

/** What decides which triggers and settings a pool can have. */
export interface PoolShape extends Omit<CheckedPoolSettings, "clientAttributes"> {
  /** What an error calls the pool. */
  readonly id: string;
  /** What its app client may read and write, as `email` or `custom:domain`. */
  readonly clientAttributes: readonly string[];
  readonly environment: Pick<Environment, "name" | "stage" | "region" | "mail" | "alarmTopic">;
  /** Whether it refuses whatever could name a person. */
  readonly anonymous: boolean;
  /** Whether somebody is kept out. */
  readonly restricted: boolean;
}

/** What a code can be sent to, so that its owner gets back in. */
export const recoversBy = ({
  signIn,
  verifies = ["email"],
}: Pick<PoolShape, "signIn" | "verifies">): NonNullable<PoolShape["verifies"]> =>
  signIn === "username" ? [] : verifies;

/** Whether a name is that of one of the pool's own attributes, as `custom:tenant`. */
export const isOwnAttribute = (name: string, { customAttributes }: Pick<PoolShape, "customAttributes">) =>
  customAttributes.some((own) => name === `custom:${own}`);

/**
 * @param has how the sentence begins, as `verified.triggers.userMigration.attributes has`
 * @throws SettingsError when the pool does not have an attribute of its own that a setting names
 */
export function requireOwnAttribute(attribute: string, pool: PoolShape, has: string): void {
  if (isOwnAttribute(attribute, pool)) return;
  throw new SettingsError(
    `${has} "${attribute}", an attribute that this pool does not have: add "${attribute.slice("custom:".length)}" to ${pool.id}.customAttributes.`,
  );
}
