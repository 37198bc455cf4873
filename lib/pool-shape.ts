import { STANDARD_ATTRIBUTES } from "../contract/attributes";
import { SettingsError } from "./checked-settings";
import type { Environment } from "./environments";
import type { CheckedPoolSettings } from "./pool-settings";

/** The properties of a pool that decide which triggers and settings it can have. */
export interface PoolShape extends Omit<CheckedPoolSettings, "clientAttributes"> {
  /** The pool's name in error sentences. */
  readonly id: string;
  /** The attributes that the app client can read and write, such as `email` or `custom:domain`. */
  readonly clientAttributes: readonly string[];
  readonly environment: Pick<Environment, "name" | "stage" | "region" | "mail" | "alarmTopic">;
  /** Whether the pool refuses everything that could identify a person. */
  readonly anonymous: boolean;
  /** The table that people are migrated from, if the pool has user migration. */
  readonly legacyTable?: string;
  /** Whether the pool has a block list. */
  readonly hasBlockList: boolean;
  /** Whether the pool has `access` or a block list. */
  readonly restricted: boolean;
}

/** What a code can be sent to, so that its owner gets back in. */
export const recoversBy = ({
  signIn,
  verifies = ["email"],
}: Pick<PoolShape, "signIn" | "verifies">): NonNullable<PoolShape["verifies"]> =>
  signIn === "username" ? [] : verifies;

/** Whether this is the name of a custom attribute that the pool has, such as `custom:tenant`. */
export const isOwnAttribute = (name: string, { customAttributes }: Pick<PoolShape, "customAttributes">) =>
  customAttributes.some((own) => name === `custom:${own}`);

/** Whether a profile of the pool can have an attribute of this name. */
export const isAttribute = (name: string, pool: Pick<PoolShape, "customAttributes">) =>
  STANDARD_ATTRIBUTES.includes(name) || isOwnAttribute(name, pool);

/**
 * @param has the beginning of the error sentence, such as `verified.triggers.userMigration.attributes has`
 * @throws SettingsError when the pool does not have this custom attribute
 */
export function requireOwnAttribute(attribute: string, pool: PoolShape, has: string): void {
  if (isOwnAttribute(attribute, pool)) return;
  throw new SettingsError(
    `${has} "${attribute}", an attribute that this pool does not have: add "${attribute.slice("custom:".length)}" to ${pool.id}.customAttributes.`,
  );
}
