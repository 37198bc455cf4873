import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext, PoolContext } from "../context";
import { isException } from "../exceptions";
import { openSession, refreshSession } from "../tokens/sessions";
import { findBySub } from "../users/user-store";
import { redeemCode } from "./authorization-codes";
import { authenticateClient } from "./client-authentication";
import { type HostedAnswer, type HostedRequest, json, parameterOf } from "./exchange";
import { invalidGrant, invalidRequest, OAuthError } from "./oauth-error";

type Form = URLSearchParams;
type Grant = (context: ClientContext, form: Form) => Promise<AuthenticationResultType>;

const grants = new Map<string, Grant>([
  ["authorization_code", fromCode],
  ["refresh_token", fromRefreshToken],
]);

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html */
export async function token(context: PoolContext, request: HostedRequest): Promise<HostedAnswer> {
  const forClient = await authenticateClient(context, request);
  const type = required(request.form, "grant_type");
  const grant = grants.get(type);
  if (type === "client_credentials")
    throw new OAuthError("unsupported_grant_type", "This local cloud does not serve client_credentials.");
  if (!grant) throw new OAuthError("unsupported_grant_type", "The grant_type is authorization_code or refresh_token.");
  if (!forClient.client.AllowedOAuthFlowsUserPoolClient)
    throw new OAuthError("unauthorized_client", "This app client does not use the hosted sign-in.");
  try {
    return json(answerOf(await grant(forClient, request.form)));
  } catch (error) {
    // The code or refresh token is no longer good, or a trigger refuses.
    if (isException(error)) throw invalidGrant(error.message);
    throw error;
  }
}

function fromCode(context: ClientContext, form: Form): Promise<AuthenticationResultType> {
  const redemption = {
    code: required(form, "code"),
    redirectUri: parameterOf(form, "redirect_uri"),
    codeVerifier: parameterOf(form, "code_verifier"),
  };
  return redeemCode(context, redemption, ({ sub, plan, ...hosted }) => {
    const user = findBySub(context, sub);
    if (!user) throw invalidGrant("The user of this code does not exist any more.");
    if (!user.enabled) throw invalidGrant("User is disabled.");
    return openSession(context, user, plan, hosted);
  });
}

async function fromRefreshToken(context: ClientContext, form: Form): Promise<AuthenticationResultType> {
  return refreshSession(context, required(form, "refresh_token"));
}

function required(form: Form, name: string): string {
  const value = parameterOf(form, name);
  if (value === undefined) throw invalidRequest(`The parameter ${name} is missing.`);
  return value;
}

const answerOf = ({ IdToken, AccessToken, RefreshToken, ExpiresIn, TokenType }: AuthenticationResultType) => ({
  id_token: IdToken,
  access_token: AccessToken,
  refresh_token: RefreshToken,
  expires_in: ExpiresIn,
  token_type: TokenType,
});
