import type {
  DeleteUserRequest,
  GetTokensFromRefreshTokenRequest,
  GetUserRequest,
  GetUserResponse,
  GlobalSignOutRequest,
  RevokeTokenRequest,
} from "@aws-sdk/client-cognito-identity-provider";
import { atClient, type Context } from "./context";
import { notAuthorized, refusal } from "./errors";
import { readable, toList } from "./pool";
import { bearer, refreshSession, revokeAllSessions, revokeSession } from "./sessions";
import { attributesOf, removeUser } from "./users";

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html */
export async function getUser(context: Context, input: GetUserRequest): Promise<GetUserResponse> {
  const { at, user } = await bearer(context, input.AccessToken ?? "");
  return {
    Username: user.username,
    UserAttributes: toList(readable(at.client, attributesOf(user))),
  };
}

export async function deleteUser(context: Context, input: DeleteUserRequest) {
  const { at, user } = await bearer(context, input.AccessToken ?? "");
  await removeUser(at, user);
  return {};
}

export async function globalSignOut(context: Context, input: GlobalSignOutRequest) {
  const { at, user } = await bearer(context, input.AccessToken ?? "");
  await revokeAllSessions(at, user);
  return {};
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html */
export async function revokeToken(context: Context, input: RevokeTokenRequest) {
  const { Token = "", ClientId = "", ClientSecret } = input;
  const at = await atClient(context, ClientId);
  if (at.client.ClientSecret && at.client.ClientSecret !== ClientSecret)
    throw refusal("UnauthorizedException", "Invalid client credentials.");
  if (at.client.EnableTokenRevocation === false)
    throw refusal("UnsupportedOperationException", "Revocation is not enabled for this client.");
  if (Token.includes("."))
    throw refusal("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.");
  await revokeSession(at, Token);
  return {};
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html */
export async function getTokensFromRefreshToken(
  context: Context,
  input: GetTokensFromRefreshTokenRequest,
) {
  const at = await atClient(context, input.ClientId);
  if (at.client.ClientSecret && at.client.ClientSecret !== input.ClientSecret)
    throw notAuthorized("Invalid client credentials.");
  return {
    AuthenticationResult: await refreshSession(at, input.RefreshToken ?? ""),
  };
}
