/**
 * What a trigger's event holds, and what its answer may. Every part may be missing: AWS's own test events are as sparse
 * as `{"userName": "rroe", "response": {}}`, so a handler asks the functions of this file instead of reading by hand.
 * Fields that AWS adds later go back to it untouched.
 *
 * `Source` are the trigger's sources, `Request` what its request holds beside the user's attributes.
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
  /** Whether nobody has the name, in a client that hides who exists. */
  userNotFound?: boolean;
}

/** What a client sends along for triggers; it may be absent or null, and never becomes an attribute. */
export interface WithMetadata {
  clientMetadata: Record<string, string> | null;
}

/** The user's attributes, without those that have no value. */
export function attributesOf(event: TriggerEvent): Record<string, string> {
  const attributes = Object.entries(event.request?.userAttributes ?? {});
  return Object.fromEntries(attributes.filter((entry): entry is [string, string] => !!entry[1]));
}

/**
 * The user's email address. Where email is the sign-in name Cognito has been seen to send it as the user name, without
 * attributes, as well as in the attributes with a UUID for user name.
 */
export function emailOf(event: TriggerEvent): string | undefined {
  const { email } = attributesOf(event);
  if (email) return email;
  return event.userName?.includes("@") ? event.userName : undefined;
}
