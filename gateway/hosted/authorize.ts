import type { PoolContext } from "../context";
import { leaveFor } from "../federation/departures";
import { admitsOwnUsers, doorsOf, ownUsers } from "../pools/client-providers";
import { grantCode } from "./authorization-codes";
import { readAuthorizationRequest } from "./authorization-request";
import { signedIn } from "./browser-session";
import { type HostedAnswer, type HostedRequest, parameterOf, redirect } from "./exchange";
import { OAuthError } from "./oauth-error";

/**
 * Begins a sign-in: at the provider that the app client names, or at the sign-in page. A person who has signed in in this
 * browser before goes straight back to the app client, unless it names another provider than that sign-in, or does not
 * offer its provider. Then pre token generation is the only trigger that runs: AWS does not say which ones do.
 */
export async function authorize(context: PoolContext, request: HostedRequest): Promise<HostedAnswer> {
  const { query, search } = request;
  const [forClient, authorization] = await readAuthorizationRequest(context, query);
  const prompt = parameterOf(query, "prompt")?.split(" ") ?? [];
  const { client } = forClient;
  const doors = doorsOf(client);
  const only = !admitsOwnUsers(client) && doors.length === 1 ? doors[0] : undefined;
  const chosen = parameterOf(query, "identity_provider") ?? only;
  const session = prompt.includes("login") ? undefined : signedIn(context, request);
  const isOpen = (provider: string) => (provider === ownUsers ? admitsOwnUsers(client) : doors.includes(provider));
  if (session && isOpen(session.provider) && (chosen ?? session.provider) === session.provider)
    return grantCode(forClient, session.user, authorization, session.authTime);
  // @see https://openid.net/specs/openid-connect-core-1_0.html#AuthError
  if (prompt.includes("none"))
    throw new OAuthError("login_required", "Nobody has signed in in this browser.", { callback: authorization });
  if (chosen !== undefined && chosen !== ownUsers) return leaveFor(forClient, chosen, authorization, request);
  return redirect(`/${context.poolId}/login${search}`);
}
