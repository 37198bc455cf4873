import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
import type { PoolContext } from "../context";
import type { User } from "./user";
import { changeUser } from "./user-store";

/** A user's groups, in the order of their precedence. The emulator knows the groups, the user only their names. */
export async function groupsOf({ aws, poolId }: PoolContext, { groups = [] }: User): Promise<GroupType[]> {
  if (!groups.length) return [];
  // The emulator says 0 where a group has no precedence, and such a group comes last.
  const rank = ({ Precedence }: GroupType) => Precedence || Number.MAX_SAFE_INTEGER;
  const all = await aws.groups(poolId);
  return all.filter(({ GroupName = "" }) => groups.includes(GroupName)).sort((a, b) => rank(a) - rank(b));
}

export const addToGroup = (context: PoolContext, user: User, group: string) =>
  changeUser(context, user, ({ groups = [] }) => ({ groups: [...new Set([...groups, group])] }));

export const removeFromGroup = (context: PoolContext, user: User, group: string) =>
  changeUser(context, user, ({ groups = [] }) => ({ groups: groups.filter((name) => name !== group) }));
