import type { TriggerEvent } from "../shared/event";
import { callService } from "../shared/service";

/**
 * Puts a user into a group of the user's own pool. A repeat changes nothing, so Cognito can try again.
 * @throws Error when the event has no pool or user name, or when the user was not added
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html
 */
export async function addToGroup(
  { userPoolId, userName }: Pick<TriggerEvent, "userPoolId" | "userName">,
  group: string,
): Promise<void> {
  if (!userPoolId) throw new Error("the event has no userPoolId");
  if (!userName) throw new Error("the event has no userName");
  await callService("cognito-idp", "AWSCognitoIdentityProviderService.AdminAddUserToGroup", {
    UserPoolId: userPoolId,
    Username: userName,
    GroupName: group,
  });
}
