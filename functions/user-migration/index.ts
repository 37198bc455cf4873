import type { TriggerEvent, WithMetadata } from "../shared/event";
import { trigger } from "../shared/trigger";
import { findPerson, keyOf, type LegacyItem, PASSWORD_ATTRIBUTES, passwordOf } from "./directory";
import { isReachable, profileOf } from "./profile";
import { isPassword, pretendToCheck, UnusablePassword } from "./scrypt";
import type { Settings } from "./settings";

const SOURCES = ["UserMigration_Authentication", "UserMigration_ForgotPassword"] as const;

interface Request extends WithMetadata {
  /** What was typed; not there when a password was forgotten. */
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
 * Runs when nobody in the pool has the name that was typed, at a sign-in with a password and when one was forgotten, and
 * takes the person over from the legacy directory.
 *
 * Whoever is not taken over goes back to Cognito without an answer, and Cognito says the same as to a wrong password. An
 * error would make it say something else, and so tell who is in the pool; hence a table that cannot be read is an error in
 * the log only.
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
  // Cognito would refuse another address than the one that was typed, in words that it has for nobody else.
  const typed = event.userName?.includes("@") ? keyOf(event.userName) : undefined;
  if (typed && userAttributes.email && keyOf(userAttributes.email) !== typed) {
    console.error({ legacyItem: "with another email" });
    return;
  }
  // Without a code they could set no password, and once they are in the pool the legacy one counts no more.
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

/** Whether the password is this person's; for nobody it takes as long to say no. */
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
