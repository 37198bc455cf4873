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
  userAttributes?: Record<string, string | null> | null;
  /** Whether the user name is unknown. Only an app client that hides who exists sends it. */
  userNotFound?: boolean;
}

/** The metadata that a client sends for triggers. It may be missing or null, and never becomes an attribute. */
export interface WithMetadata {
  clientMetadata: Record<string, string> | null;
}

/** The user's attributes, without those that have no value. */
export function attributesOf(event: TriggerEvent): Record<string, string> {
  const attributes = Object.entries(event.request?.userAttributes ?? {});
  return Object.fromEntries(attributes.filter((entry): entry is [string, string] => !!entry[1]));
}

/**
 * The user's email address. If people sign in with their address, Cognito may send it in two ways: as the user name,
 * without attributes; or in the attributes, with a UUID as the user name.
 */
export function emailOf(event: TriggerEvent): string | undefined {
  const { email } = attributesOf(event);
  if (email) return email;
  return event.userName?.includes("@") ? event.userName : undefined;
}
