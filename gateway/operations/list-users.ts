import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { PoolContext } from "../context";
import { invalidParameter } from "../exceptions";
import { key } from "../storage/store";
import { checkAttributesToGet, parseFilter } from "../users/filter";
import { describeUser, type User } from "../users/user";
import { usersOf } from "../users/user-store";
import type { Checked } from "./request";

export async function listUsers(
  context: PoolContext,
  { AttributesToGet: wanted, Filter, Limit, PaginationToken }: Cognito.ListUsersRequest,
): Promise<Cognito.ListUsersResponse> {
  if (wanted) checkAttributesToGet(context.pool, wanted);
  const matches = Filter ? parseFilter(Filter) : () => true;
  const { users, next } = await pageOfUsers(context, matches, Limit, PaginationToken);
  const Users = users.map(describeUser).map((user) => ({
    ...user,
    Attributes: user.Attributes?.filter(({ Name = "" }) => !wanted || wanted.includes(Name)),
  }));
  return { Users, PaginationToken: next };
}

export async function listUsersInGroup(
  context: PoolContext,
  { GroupName, Limit, NextToken }: Checked<Cognito.ListUsersInGroupRequest>,
): Promise<Cognito.ListUsersInGroupResponse> {
  await context.aws.requireGroup(context.poolId, GroupName);
  const isMember = ({ groups }: User) => groups?.includes(GroupName) ?? false;
  const { users, next } = await pageOfUsers(context, isMember, Limit, NextToken);
  return { Users: users.map(describeUser), NextToken: next };
}

/** At most `limit` users that match, and the token for the next page if there are more. */
async function pageOfUsers(
  context: PoolContext,
  matches: (user: User) => boolean,
  limit = 60,
  token?: string,
): Promise<{ users: User[]; next?: string }> {
  const after = token && Buffer.from(token, "base64").toString();
  if (after !== undefined && !after.startsWith(`${key("user", context.poolId)}/`))
    throw invalidParameter("Invalid pagination token given.");
  const users: User[] = [];
  let last = "";
  for await (const [name, user] of usersOf(context, after)) {
    if (!matches(user)) continue;
    if (users.length === (limit || 60)) return { users, next: Buffer.from(last).toString("base64") };
    users.push(user);
    last = name;
  }
  return { users };
}
