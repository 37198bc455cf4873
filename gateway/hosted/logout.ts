import type { PoolContext } from "../context";
import { findClient, readAuthorizationRequest } from "./authorization-request";
import { closeBrowserSession } from "./browser-session";
import { type HostedAnswer, type HostedRequest, parameterOf, redirect } from "./exchange";
import { invalidRequest, OAuthError } from "./oauth-error";

/**
 * Signs out of this browser, and goes to an address of the app client's, or to the sign-in page again. Tokens stay
 * valid.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 */
export async function logout(context: PoolContext, request: HostedRequest): Promise<HostedAnswer> {
  const { query, search } = request;
  const target = parameterOf(query, "logout_uri");
  if (target === undefined && query.has("redirect_uri")) {
    await readAuthorizationRequest(context, query);
    return redirect(`/${context.poolId}/login${search}`, [await closeBrowserSession(context, request)]);
  }
  const { client } = await findClient(context, parameterOf(query, "client_id"));
  if (target === undefined) throw invalidRequest("The parameter logout_uri is missing.");
  if (!client.LogoutURLs?.includes(target))
    throw new OAuthError("redirect_mismatch", "The logout_uri is none of the logout URLs of this app client.");
  return redirect(target, [await closeBrowserSession(context, request)]);
}
