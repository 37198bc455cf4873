import { createHash, randomUUID } from "node:crypto";
import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt, errors, importJWK, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { readable } from "./attributes";
import { lifetimes } from "./client";
import type { AtClient, Context } from "./context";
import { notAuthorized } from "./errors";
import { issuer, type PoolKeys, poolKeys, publicHalf } from "./pool-keys";
import { changed, ownScope, type TokenPlan } from "./pre-token-generation";
import type { Session } from "./sessions";
import { key } from "./store";
import { attributesOf, type User } from "./users";

/**
 * Signs an access and an ID token for a session.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
 */
export async function signTokens(
  at: AtClient,
  user: User,
  session: Session,
  { groups, idToken, accessToken, scopes }: TokenPlan,
): Promise<AuthenticationResultType> {
  const { jwk } = await poolKeys(at.store, at.poolId);
  const privateKey = await importJWK(jwk, "RS256");
  const now = Math.floor(Date.now() / 1000);
  const { access, id } = lifetimes(at.client);
  const sign = (seconds: number, claims: JWTPayload) =>
    new SignJWT({
      sub: user.sub,
      iss: issuer(at.region, at.poolId),
      ...(at.client.EnableTokenRevocation === false ? {} : { origin_jti: session.originJti }),
      event_id: session.id,
      auth_time: session.authTime,
      iat: now,
      exp: now + seconds,
      jti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ kid: jwk.kid, alg: "RS256" })
      .sign(privateKey);
  const AccessToken = await sign(access, {
    ...changed({ "cognito:groups": some(groups.groupsToOverride) }, accessToken, "access"),
    // A trigger may name the audience, but only truly.
    ...(accessToken.add.aud === at.clientId ? { aud: at.clientId } : {}),
    token_use: "access",
    client_id: at.clientId,
    scope: scopes.join(" ") || undefined,
    username: user.username,
  });
  const attributes = {
    ...claimsOf(readable(at.client, attributesOf(user))),
    "cognito:groups": some(groups.groupsToOverride),
    "cognito:roles": some(groups.iamRolesToOverride),
    "cognito:preferred_role": groups.preferredRole ?? undefined,
  };
  const IdToken = await sign(id, {
    ...changed(attributes, idToken),
    token_use: "id",
    aud: at.clientId,
    "cognito:username": user.username,
  });
  return { AccessToken, ExpiresIn: access, IdToken, TokenType: "Bearer" };
}

/** A claim without anything to list is no claim. */
const some = (list: readonly string[]) => (list.length ? list : undefined);

/** Attributes are strings; a few of them are something else as claims. */
function claimsOf(attributes: Readonly<Record<string, string>>): JWTPayload {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (name.endsWith("_verified")) return [name, value === "true"];
      if (name === "address") return [name, { formatted: value }];
      if (name === "updated_at") return [name, Number(value)];
      return [name, value];
    }),
  );
}

/** Checks an access token's signature, age, purpose and scope; whose it is now is for the caller to see. */
export async function readAccessToken(at: Context, token: string) {
  const { scope, ...claims } = await readClaims(at, token);
  if (!scope.split(" ").includes(ownScope)) throw notAuthorized("Access Token does not have required scopes");
  return claims;
}

/** Required below, and text since we signed them ourselves. */
type AccessClaims = Record<"sub" | "username" | "client_id" | "event_id", string> & { scope?: string };

async function readClaims(at: Context, token: string) {
  try {
    const pool = decodeJwt(token).iss?.split("/").at(-1) ?? "";
    const kept = at.store.get<PoolKeys>(key("keys", pool));
    if (!kept) throw invalidAccessToken();
    const { payload } = await jwtVerify<AccessClaims>(token, await importJWK(publicHalf(kept.jwk)), {
      issuer: issuer(at.region, pool),
      algorithms: ["RS256"],
      requiredClaims: ["exp", "sub", "username", "client_id", "event_id"],
    });
    if (payload.token_use !== "access") throw invalidAccessToken();
    const { client_id: client, username, event_id: session, scope = "", sub } = payload;
    return { pool, client, username, sub, session, scope };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw notAuthorized("Access Token has expired");
    throw invalidAccessToken();
  }
}

const invalidAccessToken = () => notAuthorized("Invalid Access Token");

/** Of a secret that its owner sends back, only this is kept. */
export const hashed = (secret: string) => createHash("sha256").update(secret).digest("hex");
