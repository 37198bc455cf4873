import { randomBytes } from "node:crypto";
import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import type { GatewayContext } from "../context";
import { key, type Store } from "../storage/store";

/** The keys of a pool. They are made when they are first needed. */
export interface PoolKeys {
  /** The key that signs the pool's tokens. */
  readonly jwk: JWK;
  /** From this, the answers about unknown users are made up. */
  readonly secret: string;
}

export function poolKeys(store: Store, pool: string): Promise<PoolKeys> {
  const name = key("keys", pool);
  const stored = store.get<PoolKeys>(name);
  if (stored) return Promise.resolve(stored);
  return store.locked([name], async () => {
    const madeMeanwhile = store.get<PoolKeys>(name);
    if (madeMeanwhile) return madeMeanwhile;
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

export const issuer = (region: string, pool: string) => `https://cognito-idp.${region}.amazonaws.com/${pool}`;

export const publicHalf = ({ kty, n, e, kid, alg, use }: JWK): JWK => ({ kty, n, e, kid, alg, use });

/** The public keys that check a pool's tokens. @see https://www.rfc-editor.org/rfc/rfc7517#section-5 */
export const jwks = async (store: Store, pool: string) => ({
  keys: [publicHalf((await poolKeys(store, pool)).jwk)],
});

/** The base address of a pool's hosted endpoints. On AWS it is the pool's domain. */
export const hostedBase = ({ origin }: Pick<GatewayContext, "origin">, pool: string) => `${origin}/${pool}`;

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
export const discovery = (context: GatewayContext, { Id: pool = "", Domain, CustomDomain }: UserPoolType) => ({
  issuer: issuer(context.region, pool),
  jwks_uri: `${issuer(context.region, pool)}/.well-known/jwks.json`,
  id_token_signing_alg_values_supported: ["RS256"],
  response_types_supported: ["code"],
  scopes_supported: ["openid", "email", "phone", "profile"],
  subject_types_supported: ["public"],
  ...(Domain || CustomDomain ? hostedEndpoints(hostedBase(context, pool)) : {}),
});

const hostedEndpoints = (base: string) => ({
  authorization_endpoint: `${base}/oauth2/authorize`,
  token_endpoint: `${base}/oauth2/token`,
  userinfo_endpoint: `${base}/oauth2/userInfo`,
  revocation_endpoint: `${base}/oauth2/revoke`,
  end_session_endpoint: `${base}/logout`,
  token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
});
