import type {
  ListUsersRequest,
  ListUsersResponse,
  UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Context, inPool } from "./context";
import { constraint, invalidParameter } from "./errors";
import { checkAttributesToGet, parseFilter } from "./filter";
import { key } from "./store";
import { describeUser, usersOf } from "./users";

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
export async function listUsers(
  context: Context,
  input: ListUsersRequest,
): Promise<ListUsersResponse> {
  const at = await inPool(context, input.UserPoolId);
  const { AttributesToGet: shown, Filter, Limit = 60, PaginationToken } = input;
  if (Limit > 60) throw constraint("limit", "have value less than or equal to 60");
  if (Limit < 0) throw constraint("limit", "have value greater than or equal to 0");
  if (shown) checkAttributesToGet(at.pool, shown);
  const matches = Filter ? parseFilter(Filter) : () => true;
  const after =
    PaginationToken === undefined ? undefined : Buffer.from(PaginationToken, "base64").toString();
  if (after !== undefined && !after.startsWith(`${key("user", at.poolId)}/`))
    throw invalidParameter("Invalid pagination token given.");

  const Users: UserType[] = [];
  let last = "";
  for await (const [name, user] of usersOf(at, after)) {
    if (!matches(user)) continue;
    if (Users.length === (Limit || 60))
      return { Users, PaginationToken: Buffer.from(last).toString("base64") };
    const described = describeUser(user);
    const Attributes = described.Attributes?.filter(
      ({ Name = "" }) => !shown || shown.includes(Name),
    );
    Users.push({ ...described, Attributes });
    last = name;
  }
  return { Users };
}
