import type { PoolContext } from "../context";
import { grantCode } from "./authorization-codes";
import { readAuthorizationRequest } from "./authorization-request";
import { signedIn } from "./browser-session";
import { type HostedAnswer, type HostedRequest, parameterOf, redirect } from "./exchange";
import { OAuthError } from "./oauth-error";

/**
 * Begins a sign-in. A person who has signed in in this browser before goes straight back to the app client. Then pre
 * token generation is the only trigger that runs: AWS does not say which ones do.
 */
export async function authorize(context: PoolContext, request: HostedRequest): Promise<HostedAnswer> {
  const { query, search } = request;
  const [forClient, authorization] = await readAuthorizationRequest(context, query);
  const prompt = parameterOf(query, "prompt")?.split(" ") ?? [];
  const session = prompt.includes("login") ? undefined : signedIn(context, request);
  if (session) return grantCode(forClient, session.user, authorization, session.authTime);
  // @see https://openid.net/specs/openid-connect-core-1_0.html#AuthError
  if (prompt.includes("none"))
    throw new OAuthError("login_required", "Nobody has signed in in this browser.", { callback: authorization });
  return redirect(`/${context.poolId}/login${search}`);
}
