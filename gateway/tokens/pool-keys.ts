import { randomBytes } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
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

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
export const discovery = (region: string, pool: string) => ({
  issuer: issuer(region, pool),
  jwks_uri: `${issuer(region, pool)}/.well-known/jwks.json`,
  id_token_signing_alg_values_supported: ["RS256"],
  response_types_supported: ["code", "token"],
  scopes_supported: ["openid", "email", "phone", "profile"],
  subject_types_supported: ["public"],
});
