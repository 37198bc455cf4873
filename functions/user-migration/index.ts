import type { TriggerEvent, WithMetadata } from "../shared/event";
import { trigger } from "../shared/trigger";
import { findPerson, keyOf, type LegacyItem, PASSWORD_ATTRIBUTES, passwordOf } from "./directory";
import { isReachable, profileOf } from "./profile";
import { isPassword, pretendToCheck, UnusablePassword } from "./scrypt";
import type { Settings } from "./settings";

const SOURCES = ["UserMigration_Authentication", "UserMigration_ForgotPassword"] as const;

interface Request extends WithMetadata {
  /** The typed password; null at a forgotten password. */
  password: string | null;
  validationData: Record<string, string> | null;
}

interface Response {
  userAttributes: Record<string, string> | null;
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
  const isForgotten = event.triggerSource === "UserMigration_ForgotPassword";
  const attributes = [...Object.values(settings.attributes), ...(isForgotten ? [] : PASSWORD_ATTRIBUTES)];
  const item = await findPerson(settings.table, event.userName ?? "", attributes).catch((error: Error) => {
    console.error({ legacyDirectory: "unavailable", cause: error.name });
    return undefined;
  });
  if (!isForgotten && !(await isTheirs(event.request?.password ?? "", item))) return;
  if (!item) return;
  const userAttributes = profileOf(item, settings);
  if (settings.attributes.email && !userAttributes.email) console.error({ legacyItem: "without email" });
  // Cognito would refuse another address than the typed one, with a message that shows that the person exists.
  const typed = event.userName?.includes("@") ? keyOf(event.userName) : undefined;
  if (typed && userAttributes.email && keyOf(userAttributes.email) !== typed) {
    console.error({ legacyItem: "with another email" });
    return;
  }
  // The person needs a code to set a new password, and the legacy password is not valid after the migration.
  if ((isForgotten || settings.finalStatus === "RESET_REQUIRED") && !isReachable(userAttributes, settings.recoversBy)) {
    console.error({ legacyItem: "without proven address" });
    return;
  }
  event.response = {
    ...event.response,
    userAttributes,
    ...(!isForgotten && { finalUserStatus: settings.finalStatus }),
    messageAction: "SUPPRESS",
  };
  console.info({ userMigration: "taken over" });
}

/** Whether this is the person's password. Without an item it takes the same time, so the time shows nothing. */
async function isTheirs(password: string, item: LegacyItem | undefined): Promise<boolean> {
  try {
    if (item && password) return await isPassword(password, passwordOf(item));
  } catch (error) {
    if (!(error instanceof UnusablePassword)) throw error;
    console.error({ legacyItem: "unusable", cause: error.message });
  }
  await pretendToCheck(password);
  return false;
}
