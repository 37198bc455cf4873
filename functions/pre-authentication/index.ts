import { type AccessOnly, requireAccess } from "../shared/access";
import type { TriggerEvent } from "../shared/event";
import { trigger } from "../shared/trigger";

const SOURCES = ["PreAuthentication_Authentication"] as const;

interface Request {
  /** The ClientMetadata of the client's request. */
  validationData: Record<string, string> | null;
}

export type PreAuthenticationEvent = TriggerEvent<(typeof SOURCES)[number], Request, Record<string, never>>;

/**
 * Runs at every sign-in, before Cognito checks the password. If the app client hides who exists, it also runs for
 * unknown users.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-authentication.html
 */
export const handler = trigger<PreAuthenticationEvent, AccessOnly>({
  sources: SOURCES,
  guard: (event, { access }) => requireAccess(event, access, "log in"),
});
