import { randomUUID } from "node:crypto";
import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import { importJWK, type JWTPayload, SignJWT } from "jose";
import type { ClientContext } from "../context";
import { lifetimes, readable } from "../pools/app-client";
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
}

/**
 * Makes and signs an access token and an ID token.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
 */
export async function signTokens(
  context: ClientContext,
  user: User,
  signIn: SignInClaims,
  { groups, idToken, accessToken, scopes }: TokenPlan,
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
    scope: scopes.join(" ") || undefined,
    username: user.username,
  });
  const attributes = {
    ...claimsOf(readable(context.client, attributesOf(user))),
    "cognito:groups": orNone(groups.groupsToOverride),
    "cognito:roles": orNone(groups.iamRolesToOverride),
    "cognito:preferred_role": groups.preferredRole ?? undefined,
  };
  const IdToken = await sign(id, {
    ...changedClaims(attributes, idToken),
    token_use: "id",
    aud: context.clientId,
    "cognito:username": user.username,
  });
  return { AccessToken, ExpiresIn: access, IdToken, TokenType: "Bearer" };
}

/** A token has no claim for an empty list. */
const orNone = (list: readonly string[]) => (list.length ? list : undefined);
