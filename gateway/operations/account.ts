import type { AdminGetUserResponse, GetUserResponse } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext, PoolContext } from "../context";
import { readable } from "../pools/app-client";
import { revokeAllSessions } from "../tokens/sessions";
import { toList } from "../users/attributes";
import { describeFactors } from "../users/second-factors";
import { attributesOf, describeUser, type User } from "../users/user";
import { changeUser, removeUser } from "../users/user-store";

export const getUser = async ({ pool, client }: ClientContext, user: User): Promise<GetUserResponse> => ({
  Username: user.username,
  UserAttributes: toList(readable(client, attributesOf(user))),
  ...describeFactors(pool, user),
});

export async function adminGetUser({ pool }: PoolContext, user: User): Promise<AdminGetUserResponse> {
  const { Attributes, ...description } = describeUser(user);
  return {
    ...description,
    Username: user.username,
    UserAttributes: Attributes,
    ...describeFactors(pool, user),
  };
}

export const deleteUser = (context: PoolContext, user: User) => removeUser(context, user);
export const signOut = (context: PoolContext, user: User) => revokeAllSessions(context, user);

export async function enableUser(context: PoolContext, user: User): Promise<void> {
  await changeUser(context, user, () => ({ enabled: true }));
}

/** A disabled user is kept, but can neither sign in nor use a token. */
export async function disableUser(context: PoolContext, user: User): Promise<void> {
  await changeUser(context, user, () => ({ enabled: false }));
  await revokeAllSessions(context, user);
}
