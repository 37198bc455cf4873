import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { readable, toList } from "./attributes";
import type { AtClient } from "./context";
import { notAuthorized, refusal } from "./errors";
import type { Checked } from "./input";
import { refreshSession, revokeAllSessions, revokeSession } from "./sessions";
import { attributesOf, changeUser, describeUser, removeUser, type Subject } from "./users";

export const getUser = async ({ at, user }: Subject<AtClient>) => ({
  Username: user.username,
  UserAttributes: toList(readable(at.client, attributesOf(user))),
});

export async function adminGetUser({ user }: Subject): Promise<Cognito.AdminGetUserResponse> {
  const { Attributes, ...shown } = describeUser(user);
  return { ...shown, Username: user.username, UserAttributes: Attributes };
}

export const remove = ({ at, user }: Subject) => removeUser(at, user);
export const signOut = ({ at, user }: Subject) => revokeAllSessions(at, user);

export async function enable({ at, user }: Subject): Promise<void> {
  await changeUser(at, user, () => ({ enabled: true }));
}

/** A disabled user keeps everything but may not come in, nor use a token. */
export async function disable({ at, user }: Subject): Promise<void> {
  await changeUser(at, user, () => ({ enabled: false }));
  await revokeAllSessions(at, user);
}

export async function revokeToken(
  at: AtClient,
  { Token, ClientSecret }: Checked<Cognito.RevokeTokenRequest>,
): Promise<void> {
  if (at.client.ClientSecret && at.client.ClientSecret !== ClientSecret)
    throw refusal("UnauthorizedException", "Invalid client credentials.");
  if (at.client.EnableTokenRevocation === false)
    throw refusal("UnsupportedOperationException", "Revocation is not enabled for this client.");
  if (Token.includes(".")) throw refusal("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.");
  await revokeSession(at, Token);
}

export async function refresh(
  at: AtClient,
  input: Checked<Cognito.GetTokensFromRefreshTokenRequest>,
): Promise<Cognito.GetTokensFromRefreshTokenResponse> {
  if (at.client.ClientSecret && at.client.ClientSecret !== input.ClientSecret)
    throw notAuthorized("Invalid client credentials.");
  return { AuthenticationResult: await refreshSession(at, input.RefreshToken, input.ClientMetadata) };
}
