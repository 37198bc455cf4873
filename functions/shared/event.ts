/**
 * What every trigger's event may hold. Every part may be missing: AWS's own test events are as sparse as
 * `{"userName": "rroe", "response": {}}`, so a handler asks this file instead of reading the event by hand.
 */
export interface TriggerEvent {
  triggerSource?: string;
  userPoolId?: string;
  userName?: string | null;
  callerContext?: { clientId?: string } | null;
  request?: {
    userAttributes?: Record<string, string | null> | null;
    userNotFound?: boolean;
  } | null;
  response?: object | null;
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
