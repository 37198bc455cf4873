import { identitiesIn } from "./identities";

declare global {
  /**
   * True in the bundles of pools without identity providers, which leave code for providers out. Everywhere else it is
   * not there, and the code runs. lib/bundle-functions.ts sets it.
   */
  var WITHOUT_PROVIDERS: boolean | undefined;
}

/**
 * A trigger's event and its response. Every part may be missing: AWS has test events such as `{"userName": "rroe",
 * "response": {}}`. So a handler reads events with the functions of this file. Fields that AWS adds later are returned
 * unchanged.
 *
 * `Source` are the trigger's sources. `Request` is the request without the user's attributes.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export interface TriggerEvent<Source extends string = string, Request = object, Response = object> {
  version?: string;
  triggerSource?: Source;
  region?: string;
  userPoolId?: string;
  userName?: string | null;
  callerContext?: { awsSdkVersion?: string; clientId?: string } | null;
  request?: (UserRequest & Partial<Request>) | null;
  response?: Partial<Response> | null;
}

interface UserRequest {
  /** Text, for Cognito. Some programs that call a function themselves send a boolean or a number. */
  userAttributes?: Record<string, string | number | boolean | null> | null;
  /** Whether the user name is unknown. Only an app client that hides who exists sends it. */
  userNotFound?: boolean;
}

/** The metadata that a client sends for triggers. It may be missing or null, and never becomes an attribute. */
export interface WithMetadata {
  clientMetadata: Record<string, string> | null;
}

/** The user's attributes as text, without those that have no value. */
export function attributesOf(event: TriggerEvent): Record<string, string> {
  const attributes = Object.entries(event.request?.userAttributes ?? {});
  const texts = attributes.map(([name, value]) => [name, String(value ?? "")] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ""));
}

/** The attributes that are names of a person, and that an identity provider may write. */
export const NAMING_ATTRIBUTES = ["email", "preferred_username", "phone_number"];

/** Every name by which the user can be found, as Cognito sends it. */
export function namesOf(event: TriggerEvent): string[] {
  const attributes = attributesOf(event);
  const names = [event.userName, attributes.sub, ...NAMING_ATTRIBUTES.map((name) => attributes[name])];
  return [...new Set(names.filter((name): name is string => !!name))];
}

/** The user's names at identity providers, as `<Provider>_<subject>`. */
export const providerNamesOf = (event: TriggerEvent): string[] =>
  identitiesIn(attributesOf(event).identities).flatMap(({ providerName, userId }) =>
    userId ? [`${providerName}_${userId}`] : [],
  );

/** Whether the user comes from an identity provider, or has come from one before. */
export function comesFromProvider(event: TriggerEvent): boolean {
  const { identities, "cognito:user_status": status } = attributesOf(event);
  return (
    event.triggerSource === "PreSignUp_ExternalProvider" || status === "EXTERNAL_PROVIDER" || identities !== undefined
  );
}

/**
 * The user's email address. If people sign in with their address, Cognito may send it in two ways: as the user name,
 * without attributes; or in the attributes, with a UUID as the user name.
 */
export function emailOf(event: TriggerEvent): string | undefined {
  const { email } = attributesOf(event);
  if (email) return email;
  // The user name of somebody from a provider ends in the provider's subject, which may look like an address.
  if (!globalThis.WITHOUT_PROVIDERS && comesFromProvider(event)) return undefined;
  return event.userName?.includes("@") ? event.userName : undefined;
}
