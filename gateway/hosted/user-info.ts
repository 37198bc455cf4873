import { clientContext, type PoolContext } from "../context";
import { isException } from "../exceptions";
import { readable } from "../pools/app-client";
import { claimsForScopes } from "../pools/scopes";
import { readAccessToken } from "../tokens/access-token";
import { sessionOf } from "../tokens/sessions";
import { attributesOf } from "../users/user";
import { findUser } from "../users/user-store";
import { type HostedAnswer, type HostedRequest, json } from "./exchange";
import { OAuthError } from "./oauth-error";

/**
 * The attributes that the scopes of an access token show. All of them are texts, as at Cognito.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html
 */
export async function userInfo(context: PoolContext, { headers }: HostedRequest): Promise<HostedAnswer> {
  const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(headers.authorization ?? "") ?? [];
  if (headers.authorization === undefined) throw refused(401);
  if (token === undefined) throw refused(400, "invalid_request", "The Authorization header holds no bearer token.");
  const claims = await readAccessToken(context, token, "openid").catch((error) => {
    if (!isException(error)) throw error;
    const isScope = error.message.includes("scopes");
    throw isScope ? refused(403, "insufficient_scope", error.message) : refused(401, "invalid_token", error.message);
  });
  const session = sessionOf(context, claims);
  const user = findUser(context, claims.username);
  const isValid = claims.poolId === context.poolId && session && !session.revoked && user?.sub === claims.sub;
  if (!isValid || !user.enabled) throw refused(401, "invalid_token", "Access Token has been revoked");
  const { client } = await clientContext(context, claims.clientId, context.poolId);
  const attributes = claimsForScopes(claims.scopes, readable(client, attributesOf(user)));
  return json({ ...attributes, username: user.username });
}

/** @see https://www.rfc-editor.org/rfc/rfc6750#section-3 */
function refused(status: number, error?: string, message = "The access token is missing."): OAuthError {
  const parts = error ? [`error="${error}"`, `error_description="${message}"`] : [];
  const challenge = ['Bearer realm="cognito"', ...parts].join(", ");
  return new OAuthError(error ?? "invalid_request", message, { status, challenge });
}
