import { callService, ServiceError } from "./service";

/**
 * What Cognito takes for a user name in a request. It answers with an error to anything else, and the error would look
 * like an outage.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
 */
export const isUserName = (name: string): boolean => /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(name);

/**
 * Whether a user of the pool can sign in with this user name, address or number. It is true for a text that cannot be
 * looked up.
 *
 * AdminGetUser finds the user who can sign in with this name, in upper or lower case. ListUsers would compare the case,
 * and would also return users with an unverified address.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
 */
export async function isHeld(UserPoolId: string, Username: string): Promise<boolean> {
  // It cannot be looked up, so it is not known to be free.
  if (!isUserName(Username)) return true;
  const input = { UserPoolId, Username };
  try {
    await callService("cognito-idp", "AWSCognitoIdentityProviderService.AdminGetUser", input);
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.name === "UserNotFoundException") return false;
    throw error;
  }
}
