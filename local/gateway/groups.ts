import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { InPool } from "./context";
import type { Checked } from "./input";
import { changeUser, type Subject, type User } from "./users";

/** A user's groups, the most important first; what a group is, the emulator knows. */
export async function groupsOf(at: InPool, { groups = [] }: User): Promise<Cognito.GroupType[]> {
  if (!groups.length) return [];
  // A group without a precedence comes last; the emulator says 0 for those.
  const rank = ({ Precedence }: Cognito.GroupType) => Precedence || Number.MAX_SAFE_INTEGER;
  const known = await at.aws.groups(at.poolId);
  return known.filter(({ GroupName = "" }) => groups.includes(GroupName)).sort((a, b) => rank(a) - rank(b));
}

type Request = Checked<Cognito.AdminAddUserToGroupRequest>;

export async function join({ at, user }: Subject, { GroupName }: Request): Promise<void> {
  await at.aws.group(at.poolId, GroupName);
  await changeUser(at, user, ({ groups = [] }) => ({ groups: [...new Set([...groups, GroupName])] }));
}

export async function leave({ at, user }: Subject, { GroupName }: Request): Promise<void> {
  await at.aws.group(at.poolId, GroupName);
  await forgetGroup(at, user, GroupName);
}

export const forgetGroup = (at: InPool, user: User, group: string) =>
  changeUser(at, user, ({ groups = [] }) => ({ groups: groups.filter((name) => name !== group) }));

/** All of them at once: a user is in few. */
export const adminListGroupsForUser = async ({ at, user }: Subject) => ({ Groups: await groupsOf(at, user) });
