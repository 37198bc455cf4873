import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext } from "../context";
import { exception, notAuthorized } from "../exceptions";
import { refreshSession, revokeSession } from "../tokens/sessions";
import type { Checked } from "./request";

export async function getTokensFromRefreshToken(
  context: ClientContext,
  { RefreshToken, ClientSecret, ClientMetadata }: Checked<Cognito.GetTokensFromRefreshTokenRequest>,
): Promise<Cognito.GetTokensFromRefreshTokenResponse> {
  if (context.client.ClientSecret && context.client.ClientSecret !== ClientSecret)
    throw notAuthorized("Invalid client credentials.");
  return { AuthenticationResult: await refreshSession(context, RefreshToken, ClientMetadata) };
}

export async function revokeToken(
  context: ClientContext,
  { Token, ClientSecret }: Checked<Cognito.RevokeTokenRequest>,
): Promise<void> {
  const { client } = context;
  if (client.ClientSecret && client.ClientSecret !== ClientSecret)
    throw exception("UnauthorizedException", "Invalid client credentials.");
  if (client.EnableTokenRevocation === false)
    throw exception("UnsupportedOperationException", "Revocation is not enabled for this client.");
  if (Token.includes(".")) throw exception("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.");
  await revokeSession(context, Token);
}
