import type { LegacyItem } from "../shared/legacy-directory";
import { textOf } from "./legacy-item";

/** The attributes that Cognito can send a code to. */
export const ADDRESSES: readonly string[] = ["email", "phone_number"];

/** The settings that a profile needs. settings.ts imports this file, so this file does not import its types. */
interface ProfileSettings {
  /** Cognito's attributes, each with the name that the legacy item has for it. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly addressesAreProven: boolean;
}

/** The user's attributes: the mapped attributes of the item, and whether the addresses are verified. */
export function profileOf(
  item: LegacyItem,
  { attributes, addressesAreProven }: ProfileSettings,
): Record<string, string> {
  const mapped = Object.entries(attributes).map(([name, source]) => [name, textOf(item[source])] as const);
  const profile = Object.fromEntries(mapped.filter((entry): entry is [string, string] => !!entry[1]));
  const proven = addressesAreProven ? ADDRESSES.filter((name) => profile[name]) : [];
  return { ...profile, ...Object.fromEntries(proven.map((name) => [`${name}_verified`, "true"])) };
}

/** A person of the legacy directory as Cognito would store them. */
export interface Migrated {
  /** What the person typed. */
  readonly typed: string;
  /** The attributes for the pool. */
  readonly profile: Readonly<Record<string, string>>;
  /** The person's user name in the legacy directory, if the setting `userName` maps one. */
  readonly userName?: string;
}

/** The person of an item. */
export const personOf = (
  item: LegacyItem,
  typed: string,
  settings: ProfileSettings & { readonly userName?: string },
): Migrated => ({
  typed,
  profile: profileOf(item, settings),
  userName: settings.userName ? textOf(item[settings.userName]) : undefined,
});

/** Whether the pool can send a code to an address of this profile, by the attributes that it recovers accounts by. */
export function isReachable(profile: Record<string, string>, recoversBy: readonly string[]): boolean {
  return recoversBy.some((name) => profile[`${name}_verified`] === "true");
}
