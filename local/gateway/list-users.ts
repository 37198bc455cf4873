import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { InPool } from "./context";
import { constraint, invalidParameter } from "./errors";
import { checkAttributesToGet, parseFilter } from "./filter";
import type { Checked } from "./input";
import { key } from "./store";
import { describeUser, type User, usersOf } from "./users";

export async function listUsers(
  at: InPool,
  { AttributesToGet: shown, Filter, Limit, PaginationToken }: Cognito.ListUsersRequest,
): Promise<Cognito.ListUsersResponse> {
  if (shown) checkAttributesToGet(at.pool, shown);
  const matches = Filter ? parseFilter(Filter) : () => true;
  const { found, next } = await pageOf(at, matches, Limit, PaginationToken);
  const Users = found.map(describeUser).map((user) => ({
    ...user,
    Attributes: user.Attributes?.filter(({ Name = "" }) => !shown || shown.includes(Name)),
  }));
  return { Users, PaginationToken: next };
}

export async function listUsersInGroup(
  at: InPool,
  { GroupName, Limit, NextToken }: Checked<Cognito.ListUsersInGroupRequest>,
): Promise<Cognito.ListUsersInGroupResponse> {
  await at.aws.group(at.poolId, GroupName);
  const isMember = ({ groups }: User) => groups?.includes(GroupName) ?? false;
  const { found, next } = await pageOf(at, isMember, Limit, NextToken);
  return { Users: found.map(describeUser), NextToken: next };
}

/** At most `limit` users that match, and where to go on if there are more. */
async function pageOf(
  at: InPool,
  matches: (user: User) => boolean,
  limit = 60,
  token?: string,
): Promise<{ found: User[]; next?: string }> {
  if (limit > 60) throw constraint("limit", "have value less than or equal to 60");
  if (limit < 0) throw constraint("limit", "have value greater than or equal to 0");
  const after = token && Buffer.from(token, "base64").toString();
  if (after !== undefined && !after.startsWith(`${key("user", at.poolId)}/`))
    throw invalidParameter("Invalid pagination token given.");
  const found: User[] = [];
  let last = "";
  for await (const [name, user] of usersOf(at, after)) {
    if (!matches(user)) continue;
    if (found.length === (limit || 60)) return { found, next: Buffer.from(last).toString("base64") };
    found.push(user);
    last = name;
  }
  return { found };
}
