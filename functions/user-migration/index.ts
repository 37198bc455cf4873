import type { TriggerEvent, WithMetadata } from "../shared/event";
import { findPerson, type LegacyItem } from "../shared/legacy-directory";
import { trigger } from "../shared/trigger";
import { contactOf, misfit } from "./fit";
import { PASSWORD_ATTRIBUTES, passwordOf } from "./legacy-item";
import { otherNames, someHeld } from "./other-users";
import { isReachable, type Migrated, personOf } from "./profile";
import { isPassword, pretendToCheck, UnusablePassword } from "./scrypt";
import type { Settings } from "./settings";

const SOURCES = ["UserMigration_Authentication", "UserMigration_ForgotPassword"] as const;

interface Request extends WithMetadata {
  /** The typed password; null at a forgotten password. */
  password: string | null;
  validationData: Record<string, string> | null;
}

interface Response {
  userAttributes: Record<string, string | undefined> | null;
  finalUserStatus: "CONFIRMED" | "RESET_REQUIRED" | null;
  messageAction: "SUPPRESS" | "RESEND" | null;
  desiredDeliveryMediums: ("EMAIL" | "SMS")[] | null;
  forceAliasCreation: boolean | null;
  enableSMSMFA: boolean | null;
}

export type UserMigrationEvent = TriggerEvent<(typeof SOURCES)[number], Request, Response>;

/**
 * Runs when the pool does not know the user name, at a sign-in with a password and at a forgotten password. It migrates
 * the person from the legacy directory.
 *
 * If it does not migrate the person, it returns the event without an answer, and Cognito gives the answer for a wrong
 * password. It does not throw an error, because Cognito's answer to an error would show who exists. So if the table
 * cannot be read, only the log shows it.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 */
export const handler = trigger<UserMigrationEvent, Settings>({ sources: SOURCES, rule: migrate });

async function migrate(event: UserMigrationEvent, settings: Settings): Promise<void> {
  const typed = event.userName ?? "";
  const isForgotten = event.triggerSource === "UserMigration_ForgotPassword";
  const attributes = [
    ...Object.values(settings.attributes),
    ...(settings.userName ? [settings.userName] : []),
    ...(isForgotten ? [] : PASSWORD_ATTRIBUTES),
  ];
  const item = await findPerson(settings.table, typed, attributes).catch((error: Error) => {
    console.error({ legacyDirectory: "unavailable", cause: error.name });
    return undefined;
  });
  if (!isForgotten && !(await isTheirs(event.request?.password ?? "", item))) return;
  const person = item && personOf(item, typed, settings);
  const reason = await reasonAgainst(person, { typed, isForgotten, userPoolId: event.userPoolId }, settings);
  if (!person) return;
  if (reason) {
    // A metric counts these lines: see lib/triggers/user-migration.ts. Where a forgotten password migrates nobody, it is
    // no fault of the item, and anybody can cause it.
    if (!isForgotten || settings.addressesAreProven) console.error({ legacyItem: "does not fit", cause: reason });
    return;
  }
  event.response = {
    ...event.response,
    userAttributes: {
      ...person.profile,
      // Cognito reads the user name here. It needs one if the person typed an alias instead.
      ...(settings.signIn === "username-or-alias" && contactOf(typed) && { username: person.userName }),
    },
    ...(!isForgotten && { finalUserStatus: settings.finalStatus }),
    messageAction: "SUPPRESS",
  };
  // Cognito may still refuse the person, and does not tell the function.
  console.info({ userMigration: "offered to Cognito" });
}

/** Why Cognito would not accept the person, or the person could not sign in afterwards; undefined if there is nothing. */
async function reasonAgainst(
  person: Migrated | undefined,
  { typed, isForgotten, userPoolId }: { typed: string; isForgotten: boolean; userPoolId?: string },
  settings: Settings,
): Promise<string | undefined> {
  const reason = person && misfit(person, settings);
  // Looks up as many users for an unknown person, so that the time does not show who is in the directory.
  const names = person && !reason ? otherNames(person) : [typed];
  const held = settings.signIn === "username-or-alias" && (await someHeld(userPoolId, names));
  if (!person || reason) return reason;
  if (held) return "another user of the pool has the address, the phone number or the user name";
  // The legacy password is not valid after such a migration.
  const needsCode = isForgotten || settings.finalStatus === "RESET_REQUIRED";
  if (needsCode && !isReachable(person.profile, settings.recoversBy)) return "no proven address to send a code to";
  return undefined;
}

/** Whether this is the person's password. Without an item it takes the same time, so the time shows nothing. */
async function isTheirs(password: string, item: LegacyItem | undefined): Promise<boolean> {
  try {
    if (item && password) return await isPassword(password, passwordOf(item));
  } catch (error) {
    if (!(error instanceof UnusablePassword)) throw error;
    console.error({ legacyItem: "does not fit", cause: error.message });
  }
  await pretendToCheck(password);
  return false;
}
