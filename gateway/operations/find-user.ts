import { type ClientContext, type Context, clientContext, type PoolContext, poolContext } from "../context";
import { invalidParameter, notAuthorized, userNotFound } from "../exceptions";
import { isText } from "../json";
import { checkSecret } from "../pools/app-client";
import { ownerOfChallenge } from "../sign-in/challenge-sessions";
import { readAccessToken } from "../tokens/access-token";
import { sessionOf } from "../tokens/sessions";
import type { User } from "../users/user";
import { findUser, findUserOrSub } from "../users/user-store";
import type { RawRequest } from "./request";

/** A user, and the pool in which the user was found. */
export type FoundUser<C extends PoolContext> = [context: C, user: User];

/** The user whom an administrator's request names. */
export async function userForAdmin(
  context: Context,
  poolId: string,
  username: string,
): Promise<FoundUser<PoolContext>> {
  const ofPool = await poolContext(context, poolId);
  const user = findUserOrSub(ofPool, username);
  if (!user) throw userNotFound();
  return [ofPool, user];
}

/** The user whom an app client's request names, if there is one. An app client with a secret must prove it. */
export async function userForClient(
  context: Context,
  { ClientId, Username, SecretHash }: RawRequest & { readonly ClientId: string; readonly Username: string },
): Promise<[context: ClientContext, user: User | undefined]> {
  const forClient = await clientContext(context, ClientId);
  const user = findUserOrSub(forClient, Username);
  checkSecret(forClient.client, [Username, user?.username ?? Username], isText(SecretHash) ? SecretHash : undefined);
  return [forClient, user];
}

/** The user of an access token, if the token is still valid. */
export async function userByAccessToken(context: Context, accessToken: string): Promise<FoundUser<ClientContext>> {
  const claims = await readAccessToken(context, accessToken);
  const forClient = await clientContext(context, claims.clientId, claims.poolId);
  const session = sessionOf(forClient, claims);
  const user = findUser(forClient, claims.username);
  if (user?.sub !== claims.sub) throw userNotFound();
  if (!session || session.revoked) throw notAuthorized("Access Token has been revoked");
  if (!user.enabled) throw notAuthorized("User is disabled.");
  return [forClient, user];
}

/** Who sets up a second factor: a user who is signed in, or one whose sign-in asks for it. */
export type Registrant =
  | { readonly user: User; readonly session?: undefined }
  | { readonly session: string; readonly user?: undefined };

/** The same for a request that has an access token or a session. */
export async function registrantOf(
  context: Context,
  { AccessToken, Session }: RawRequest,
): Promise<[context: ClientContext, registrant: Registrant]> {
  if (isText(AccessToken) === isText(Session))
    throw invalidParameter("The request needs either AccessToken or Session, and not both.");
  if (isText(AccessToken)) {
    const [ofUser, user] = await userByAccessToken(context, AccessToken);
    return [ofUser, { user }];
  }
  const session = String(Session);
  const { client, pool } = ownerOfChallenge(context, session);
  return [await clientContext(context, client, pool), { session }];
}
