import { addressTaken } from "../shared/errors";
import { namesOf, type TriggerEvent } from "../shared/event";
import { findPerson } from "../shared/legacy-directory";

/**
 * Refuses a name that the legacy directory holds. Otherwise a stranger could sign up with it before its owner has
 * migrated: Cognito calls user migration only for a name that no user has, so the owner could not migrate any more.
 *
 * It reads the directory for every name, so the time of the answer does not show who is in it.
 * @throws UserFacingError when a person of the directory has the name
 * @throws Error when the directory cannot be read
 */
export async function requireNoLegacyName(event: TriggerEvent, table: string): Promise<void> {
  const looks = namesOf(event).map((name) => findPerson(table, name, ["userName"]));
  const found = await Promise.all(looks).catch((cause) => {
    // A metric counts these lines: see lib/triggers/pre-sign-up.ts.
    console.error({ legacyDirectory: "unavailable", cause: cause.name });
    throw new Error("the legacy directory cannot be read", { cause });
  });
  if (found.some((person) => person)) throw addressTaken();
}
