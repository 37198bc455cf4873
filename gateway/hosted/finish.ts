import type { ClientContext } from "../context";
import type { User } from "../users/user";
import { grantCode } from "./authorization-codes";
import type { AuthorizationRequest } from "./authorization-request";
import { openBrowserSession } from "./browser-session";
import type { HostedAnswer } from "./exchange";

/** Ends a sign-in that has just succeeded: with a code for the app client, and a cookie for the next sign-in. */
export async function finishSignIn(
  context: ClientContext,
  user: User,
  authorization: AuthorizationRequest,
  provider: string,
): Promise<HostedAnswer> {
  const authTime = Math.floor(Date.now() / 1000);
  const cookie = await openBrowserSession(context, { user, provider, authTime });
  return grantCode(context, user, authorization, authTime, [cookie]);
}
