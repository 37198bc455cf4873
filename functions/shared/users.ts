import { callService, ServiceError } from "./service";

/**
 * Whether a user of the pool can sign in with this user name, address or number.
 *
 * AdminGetUser finds the user who can sign in with this name, in upper or lower case. ListUsers would compare the case,
 * and would also return users with an unverified address.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
 */
export async function isHeld(UserPoolId: string, Username: string): Promise<boolean> {
  const input = { UserPoolId, Username };
  try {
    await callService("cognito-idp", "AWSCognitoIdentityProviderService.AdminGetUser", input);
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.name === "UserNotFoundException") return false;
    throw error;
  }
}
