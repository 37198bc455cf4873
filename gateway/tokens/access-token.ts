import { decodeJwt, errors, importJWK, jwtVerify } from "jose";
import type { Context } from "../context";
import { notAuthorized } from "../exceptions";
import { key } from "../storage/store";
import { userScope } from "../triggers/pre-token-generation";
import { issuer, type PoolKeys, publicHalf } from "./pool-keys";

/** Checks the signature, age, type and scope of an access token. Whether its user and session still exist is not checked. */
export async function readAccessToken(context: Context, token: string, neededScope = userScope) {
  const { scope, ...claims } = await readClaims(context, token);
  const scopes = scope.split(" ");
  if (!scopes.includes(neededScope)) throw notAuthorized("Access Token does not have required scopes");
  return { ...claims, scopes };
}

/** `jwtVerify` below requires these claims. They are texts, because the gateway signed them. */
type AccessClaims = Record<"sub" | "username" | "client_id" | "event_id", string> & { scope?: string };

async function readClaims(context: Context, token: string) {
  try {
    const poolId = decodeJwt(token).iss?.split("/").at(-1) ?? "";
    const stored = context.store.get<PoolKeys>(key("keys", poolId));
    if (!stored) throw invalidAccessToken();
    const { payload } = await jwtVerify<AccessClaims>(token, await importJWK(publicHalf(stored.jwk)), {
      issuer: issuer(context.region, poolId),
      algorithms: ["RS256"],
      requiredClaims: ["exp", "sub", "username", "client_id", "event_id"],
    });
    if (payload.token_use !== "access") throw invalidAccessToken();
    const { client_id: clientId, username, event_id: sessionId, scope = "", sub } = payload;
    return { poolId, clientId, username, sub, sessionId, scope };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw notAuthorized("Access Token has expired");
    throw invalidAccessToken();
  }
}

const invalidAccessToken = () => notAuthorized("Invalid Access Token");
