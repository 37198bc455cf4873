import { type AccessOnly, requireAccess } from "../shared/access";
import type { TriggerEvent } from "../shared/event";
import { trigger } from "../shared/trigger";

/**
 * Runs at every sign-in before Cognito looks at the password, for unknown users too where the app client hides who
 * exists.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-authentication.html
 */
export const handler = trigger((event: TriggerEvent, { access }: AccessOnly) => requireAccess(event, access, "log in"));
