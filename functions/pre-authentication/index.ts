import { deniedDomain } from "../shared/access";
import { UserFacingError } from "../shared/errors";
import { emailOf, type TriggerEvent } from "../shared/event";
import { trigger } from "../shared/trigger";
import type { Settings } from "./settings";

/**
 * Runs at every sign-in before Cognito looks at the password, for unknown users too where the app client hides who
 * exists.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-authentication.html
 */
export const handler = trigger((event: TriggerEvent, settings: Settings) => {
  const email = emailOf(event);
  const denied = email && deniedDomain(settings.access, email);
  if (denied) throw new UserFacingError(`Users from ${denied} are no longer allowed to log in`);
});
