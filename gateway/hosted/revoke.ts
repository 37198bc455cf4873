import type { PoolContext } from "../context";
import { revokeSession } from "../tokens/sessions";
import { authenticateClient } from "./client-authentication";
import { type HostedAnswer, type HostedRequest, parameterOf } from "./exchange";
import { invalidRequest, OAuthError } from "./oauth-error";

/**
 * Revokes a refresh token, with the access tokens of its session. A token that is not known is as good as revoked.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html
 */
export async function revoke(context: PoolContext, request: HostedRequest): Promise<HostedAnswer> {
  const forClient = await authenticateClient(context, request);
  const token = parameterOf(request.form, "token");
  if (token === undefined) throw invalidRequest("The parameter token is missing.");
  if (forClient.client.EnableTokenRevocation === false)
    throw invalidRequest("Revocation is not enabled for this app client.");
  if (token.includes(".")) throw new OAuthError("unsupported_token_type", "Only refresh tokens can be revoked.");
  await revokeSession(forClient, token);
  return { status: 200, headers: {}, body: "" };
}
