import { type AccessOnly, requireAccess, requireUnblocked } from "../shared/access";
import { comesFromProvider, NAMING_ATTRIBUTES, type TriggerEvent } from "../shared/event";
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
  guard: (event, { access }) =>
    globalThis.WITHOUT_PROVIDERS || !comesFromProvider(event)
      ? requireAccess(event, access, "log in")
      : requireUnblocked(withoutProvidersNames(event), access, "log in"),
});

/**
 * Somebody from a provider has the names of the last sign-in here, and Cognito writes those of this sign-in later. By the
 * old ones, a wrong answer of the provider would keep its person out for ever. Pre token generation, which always follows,
 * looks at the new ones.
 */
function withoutProvidersNames(event: TriggerEvent): TriggerEvent {
  const attributes = Object.entries(event.request?.userAttributes ?? {});
  const userAttributes = Object.fromEntries(attributes.filter(([name]) => !NAMING_ATTRIBUTES.includes(name)));
  return { ...event, request: { ...event.request, userAttributes } };
}
