import { createHash, randomUUID } from "node:crypto";
import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import { importJWK, type JWTPayload, SignJWT } from "jose";
import type { ClientContext } from "../context";
import { lifetimes, readable } from "../pools/app-client";
import { claimsForScopes } from "../pools/scopes";
import type { TokenPlan } from "../triggers/pre-token-generation";
import { attributesOf, type User } from "../users/user";
import { changedClaims, claimsOf } from "./claims";
import { issuer, poolKeys } from "./pool-keys";

/** What the tokens of one sign-in have in common. */
export interface SignInClaims {
  /** The `event_id`. */
  readonly id: string;
  readonly originJti: string;
  /** In seconds. */
  readonly authTime: number;
  /** The scopes that a hosted sign-in was granted. Without them, it is a sign-in through the API. */
  readonly scopes?: readonly string[];
}

/** What a hosted sign-in adds to its tokens. */
export interface HostedSignIn {
  readonly scopes: readonly string[];
  /** In seconds. */
  readonly authTime: number;
  /** What the app client sent along, for the first ID token. */
  readonly nonce?: string;
}

/**
 * Makes and signs an access token and an ID token. A hosted sign-in without the scope `openid` gets no ID token.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
 */
export async function signTokens(
  context: ClientContext,
  user: User,
  signIn: SignInClaims,
  { groups, idToken, accessToken, scopes }: TokenPlan,
  nonce?: string,
): Promise<AuthenticationResultType> {
  const { jwk } = await poolKeys(context.store, context.poolId);
  const privateKey = await importJWK(jwk, "RS256");
  const now = Math.floor(Date.now() / 1000);
  const { access, id } = lifetimes(context.client);
  const sign = (seconds: number, claims: JWTPayload) =>
    new SignJWT({
      sub: user.sub,
      iss: issuer(context.region, context.poolId),
      ...(context.client.EnableTokenRevocation === false ? {} : { origin_jti: signIn.originJti }),
      event_id: signIn.id,
      auth_time: signIn.authTime,
      iat: now,
      exp: now + seconds,
      jti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ kid: jwk.kid, alg: "RS256" })
      .sign(privateKey);
  const AccessToken = await sign(access, {
    ...changedClaims({ "cognito:groups": orNone(groups.groupsToOverride) }, accessToken, "access"),
    // A trigger may add an audience, but only the app client's own id.
    ...(accessToken.add.aud === context.clientId ? { aud: context.clientId } : {}),
    token_use: "access",
    client_id: context.clientId,
    version: signIn.scopes && 2,
    scope: scopes.join(" ") || undefined,
    username: user.username,
  });
  const answer = { AccessToken, ExpiresIn: access, TokenType: "Bearer" };
  if (signIn.scopes && !signIn.scopes.includes("openid")) return answer;
  const attributes = {
    ...claimsOf(claimsForScopes(signIn.scopes, readable(context.client, attributesOf(user)))),
    "cognito:groups": orNone(groups.groupsToOverride),
    "cognito:roles": orNone(groups.iamRolesToOverride),
    "cognito:preferred_role": groups.preferredRole ?? undefined,
  };
  const IdToken = await sign(id, {
    ...changedClaims(attributes, idToken),
    token_use: "id",
    aud: context.clientId,
    "cognito:username": user.username,
    ...(signIn.scopes ? { at_hash: leftHalfOfHash(AccessToken), nonce } : {}),
  });
  return { ...answer, IdToken };
}

/** @see https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken */
const leftHalfOfHash = (token: string) =>
  createHash("sha256").update(token).digest().subarray(0, 16).toString("base64url");

/** A token has no claim for an empty list. */
const orNone = (list: readonly string[]) => (list.length ? list : undefined);
