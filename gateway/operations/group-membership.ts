import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { PoolContext } from "../context";
import { addToGroup, groupsOf, removeFromGroup } from "../users/groups";
import type { User } from "../users/user";
import type { Checked } from "./request";

export async function adminAddUserToGroup(
  context: PoolContext,
  user: User,
  { GroupName }: Checked<Cognito.AdminAddUserToGroupRequest>,
): Promise<void> {
  await context.aws.requireGroup(context.poolId, GroupName);
  await addToGroup(context, user, GroupName);
}

export async function adminRemoveUserFromGroup(
  context: PoolContext,
  user: User,
  { GroupName }: Checked<Cognito.AdminRemoveUserFromGroupRequest>,
): Promise<void> {
  await context.aws.requireGroup(context.poolId, GroupName);
  await removeFromGroup(context, user, GroupName);
}

/** Not in pages: a user is in few groups. */
export const adminListGroupsForUser = async (
  context: PoolContext,
  user: User,
): Promise<Cognito.AdminListGroupsForUserResponse> => ({ Groups: await groupsOf(context, user) });
