import { causeForLog } from "../shared/service";
import { isHeld } from "../shared/users";
import { ADDRESSES, type Migrated } from "./profile";

/**
 * The names by which another user of a pool with aliases could be found, besides the name that the person typed. That
 * name is free: Cognito calls the trigger only if no user has it.
 */
export function otherNames({ typed, profile, userName }: Migrated): string[] {
  // An address is an alias only if it is verified.
  const addresses = ADDRESSES.filter((name) => profile[`${name}_verified`] === "true").map((name) => profile[name]);
  const names = [userName, ...addresses].filter((name): name is string => !!name && name !== typed);
  return names.length > 0 ? [...new Set(names)] : [typed];
}

/** Whether a user of the pool has one of these names. If the look-up fails, it counts as if one had. */
export async function someHeld(userPoolId = "", names: readonly string[]): Promise<boolean> {
  try {
    return (await Promise.all(names.map((name) => isHeld(userPoolId, name)))).includes(true);
  } catch (error) {
    console.error({ userMigration: "no look-up in the pool", ...causeForLog(error) });
    return true;
  }
}
