import { createHash, randomBytes } from "node:crypto";
import type { ClientContext } from "../context";
import { hashed } from "../storage/hashed";
import { key } from "../storage/store";
import { revokeSessionNamed } from "../tokens/sessions";
import { planTokens, type TokenPlan } from "../triggers/pre-token-generation";
import type { User } from "../users/user";
import type { AuthorizationRequest } from "./authorization-request";
import { type HostedAnswer, redirect, withQuery } from "./exchange";
import { invalidGrant, orToCallback } from "./oauth-error";

/** What a code stands for, until it is redeemed. */
interface Grant extends AuthorizationRequest {
  readonly clientId: string;
  readonly sub: string;
  readonly username: string;
  /** What the trigger made of the tokens when the person signed in. */
  readonly plan: TokenPlan;
  /** In seconds. */
  readonly authTime: number;
  readonly until: number;
  /** The name of the session that the code was redeemed for. */
  readonly usedFor?: string;
}

/** As at Cognito, in milliseconds. */
const lifetime = 5 * 60_000;
const recordOf = ({ poolId }: ClientContext, code: string) => key("code", poolId, hashed(code));

/**
 * Ends a hosted sign-in: runs pre token generation, and sends the browser back to the app client with a code. Where the
 * trigger refuses, the callback gets its error instead.
 */
export async function grantCode(
  context: ClientContext,
  user: User,
  request: AuthorizationRequest,
  authTime: number,
  cookies: readonly string[] = [],
): Promise<HostedAnswer> {
  const { scopes, redirectUri, state } = request;
  const plan = await orToCallback(request, () =>
    planTokens(context, user, { source: "TokenGeneration_HostedAuth", scopes }),
  );
  const code = randomBytes(32).toString("base64url");
  const { sub, username } = user;
  const { clientId } = context;
  const grant: Grant = { ...request, clientId, sub, username, plan, authTime, until: Date.now() + lifetime };
  await context.store.commit([[recordOf(context, code), grant]]);
  return redirect(withQuery(redirectUri, { code, state }), cookies);
}

/** What an app client sends to redeem a code. */
interface Redemption {
  readonly code: string;
  readonly redirectUri: string | undefined;
  readonly codeVerifier: string | undefined;
}

/**
 * Redeems a code once, for the app client, the callback and the verifier that it is bound to. A code that comes again
 * may have been stolen, so the session that it was redeemed for is revoked.
 * @param open opens the session, and gives back its name
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 */
export async function redeemCode<T>(
  context: ClientContext,
  { code, redirectUri, codeVerifier }: Redemption,
  open: (grant: Grant) => Promise<{ name: string; tokens: T }>,
): Promise<T> {
  const record = recordOf(context, code);
  return context.store.locked([record], async () => {
    const grant = context.store.get<Grant>(record);
    if (!grant || grant.clientId !== context.clientId) throw invalidGrant("The code is not one of this app client's.");
    if (grant.usedFor !== undefined) {
      await revokeSessionNamed(context, grant.usedFor);
      throw invalidGrant("The code was used before.");
    }
    if (grant.until < Date.now()) throw invalidGrant("The code has expired.");
    if (grant.redirectUri !== redirectUri) throw invalidGrant("The redirect_uri is not that of the code.");
    checkVerifier(grant.codeChallenge, codeVerifier);
    const { name, tokens } = await open(grant);
    await context.store.commit([[record, { ...grant, usedFor: name }]]);
    return tokens;
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1 on a verifier without a challenge */
function checkVerifier(challenge: string | undefined, verifier: string | undefined): void {
  if (challenge === undefined && verifier === undefined) return;
  if (challenge === undefined) throw invalidGrant("The code has no code_challenge, so it takes no code_verifier.");
  if (verifier === undefined) throw invalidGrant("The parameter code_verifier is missing.");
  const isRight =
    /^[\w.~-]{43,128}$/.test(verifier) && createHash("sha256").update(verifier).digest("base64url") === challenge;
  if (!isRight) throw invalidGrant("The code_verifier is not that of the code_challenge.");
}
