import { type AccessOnly, requireAccess } from "../shared/access";
import type { TriggerEvent } from "../shared/event";
import { trigger } from "../shared/trigger";

/**
 * Runs whenever Cognito is about to issue tokens, also at a refresh and a federated sign-in, where pre authentication
 * does not.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export const handler = trigger((event: TriggerEvent, { access }: AccessOnly) => requireAccess(event, access, "log in"));
