import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import {
  calculateJwkThumbprint,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";
import { lifetimes } from "./client";
import type { AtClient, Context } from "./context";
import { notAuthorized } from "./errors";
import { readable } from "./pool";
import type { Session } from "./sessions";
import { key, type Store } from "./store";
import { attributesOf, type User } from "./users";

/** What a pool signs with, and what it makes its unknown users up from. Made when first needed. */
interface PoolKeys {
  readonly jwk: JWK;
  readonly secret: string;
}

export function poolKeys(store: Store, pool: string): Promise<PoolKeys> {
  const name = key("keys", pool);
  const kept = store.get<PoolKeys>(name);
  if (kept) return Promise.resolve(kept);
  return store.locked([name], async () => {
    const meanwhile = store.get<PoolKeys>(name);
    if (meanwhile) return meanwhile;
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    const jwk = await exportJWK(privateKey);
    const made: PoolKeys = {
      jwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: "RS256", use: "sig" },
      secret: randomBytes(32).toString("hex"),
    };
    await store.commit([[name, made]]);
    return made;
  });
}

export const issuer = (region: string, pool: string) =>
  `https://cognito-idp.${region}.amazonaws.com/${pool}`;

const publicHalf = ({ kty, n, e, kid, alg, use }: JWK): JWK => ({ kty, n, e, kid, alg, use });

/** What a pool's tokens are checked with. @see https://www.rfc-editor.org/rfc/rfc7517#section-5 */
export const jwks = async (store: Store, pool: string) => ({
  keys: [publicHalf((await poolKeys(store, pool)).jwk)],
});

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
export const discovery = (region: string, pool: string) => ({
  issuer: issuer(region, pool),
  jwks_uri: `${issuer(region, pool)}/.well-known/jwks.json`,
  id_token_signing_alg_values_supported: ["RS256"],
  response_types_supported: ["code", "token"],
  scopes_supported: ["openid", "email", "phone", "profile"],
  subject_types_supported: ["public"],
});

/**
 * Signs an access and an ID token for a session.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
 */
export async function signTokens(
  at: AtClient,
  user: User,
  session: Session,
): Promise<AuthenticationResultType> {
  const { jwk } = await poolKeys(at.store, at.poolId);
  const privateKey = await importJWK(jwk, "RS256");
  const now = Math.floor(Date.now() / 1000);
  const { access, id } = lifetimes(at.client);
  const sign = (claims: JWTPayload, seconds: number) =>
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
  const [AccessToken, IdToken] = await Promise.all([
    sign(
      {
        token_use: "access",
        client_id: at.client.ClientId,
        scope: ownScope,
        username: user.username,
      },
      access,
    ),
    sign(
      {
        ...claimsOf(readable(at.client, attributesOf(user))),
        token_use: "id",
        aud: at.client.ClientId,
        "cognito:username": user.username,
      },
      id,
    ),
  ]);
  return { AccessToken, ExpiresIn: access, IdToken, TokenType: "Bearer" };
}

const ownScope = "aws.cognito.signin.user.admin";

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

export interface AccessClaims {
  readonly pool: string;
  readonly client: string;
  readonly username: string;
  readonly sub: string;
  readonly session: string;
}

/** Checks an access token's signature, age and purpose; whose it is now is for the caller to see. */
export async function readAccessToken(at: Context, token: string): Promise<AccessClaims> {
  const pool = poolNamedBy(token);
  const kept = at.store.get<PoolKeys>(key("keys", pool));
  if (!kept) throw invalidAccessToken();
  try {
    const { payload } = await jwtVerify(token, await importJWK(publicHalf(kept.jwk)), {
      issuer: issuer(at.region, pool),
      algorithms: ["RS256"],
      requiredClaims: ["exp", "sub", "username", "client_id", "event_id"],
    });
    if (payload.token_use !== "access" || payload.scope !== ownScope) throw invalidAccessToken();
    const [client, username, session] = [payload.client_id, payload.username, payload.event_id];
    return {
      pool,
      client: String(client),
      username: String(username),
      sub: String(payload.sub),
      session: String(session),
    };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw notAuthorized("Access Token has expired");
    throw invalidAccessToken();
  }
}

const invalidAccessToken = () => notAuthorized("Invalid Access Token");

function poolNamedBy(token: string): string {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return String(claims.iss).split("/").at(-1) ?? "";
  } catch {
    throw invalidAccessToken();
  }
}

/** Of a secret that its owner sends back, only this is kept. */
export const hashed = (secret: string) => createHash("sha256").update(secret).digest("hex");
