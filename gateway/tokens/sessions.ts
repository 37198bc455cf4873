import { randomBytes, randomUUID } from "node:crypto";
import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext, PoolContext } from "../context";
import { notAuthorized } from "../exceptions";
import { lifetimes } from "../pools/app-client";
import { hashed } from "../storage/hashed";
import { key, type Store, type Write } from "../storage/store";
import { planTokens, type TokenPlan, type TokenRequest } from "../triggers/pre-token-generation";
import type { Metadata } from "../triggers/user-event";
import type { User } from "../users/user";
import { findUser } from "../users/user-store";
import { type HostedSignIn, type SignInClaims, signTokens } from "./sign-tokens";

/** One sign-in on one device. It has one refresh token, and its access tokens work as long as it is not revoked. */
export interface Session extends SignInClaims {
  readonly username: string;
  readonly clientId: string;
  /** The hash of the refresh token. */
  readonly hash: string;
  /** When the refresh token expires. */
  readonly until: number;
  readonly revoked?: boolean;
}

const day = 86_400_000;
const sessionKey = ({ poolId }: PoolContext, sub: string, id: string) => key("session", poolId, sub, id);

/** The session that an access token belongs to. */
export const sessionOf = (context: PoolContext, { sub, sessionId }: { sub: string; sessionId: string }) =>
  context.store.get<Session>(sessionKey(context, sub, sessionId));

/** Signs a user in. Where the trigger refuses the tokens, there is no session. */
export const startSession = async (
  context: ClientContext,
  user: User,
  request: TokenRequest,
): Promise<AuthenticationResultType> =>
  (await openSession(context, user, await planTokens(context, user, request))).tokens;

/** A sign-in that has its tokens. */
interface OpenedSession {
  /** The name of its record in the store. */
  readonly name: string;
  readonly tokens: AuthenticationResultType;
}

/** Makes the tokens of a sign-in, and stores its session. */
export async function openSession(
  context: ClientContext,
  user: User,
  plan: TokenPlan,
  hosted?: HostedSignIn,
): Promise<OpenedSession> {
  const id = randomUUID();
  const RefreshToken = newRefreshToken(user.sub, id);
  const session: Session = {
    id,
    username: user.username,
    originJti: randomUUID(),
    clientId: context.clientId,
    authTime: hosted?.authTime ?? Math.floor(Date.now() / 1000),
    scopes: hosted?.scopes,
    hash: hashed(RefreshToken),
    until: Date.now() + lifetimes(context.client).refresh * 1000,
  };
  const tokens = await signTokens(context, user, session, plan, hosted?.nonce);
  const name = sessionKey(context, user.sub, id);
  await context.store.commit([[name, session]]);
  return { name, tokens: { ...tokens, RefreshToken } };
}

/** Opaque to clients. It contains the key of its session, and nothing personal. */
const newRefreshToken = (sub: string, id: string) =>
  Buffer.from(`${sub}/${id}/${randomBytes(32).toString("base64url")}`).toString("base64url");

function findByRefreshToken(context: PoolContext, refreshToken: string) {
  const [sub = "", id = ""] = Buffer.from(refreshToken, "base64url").toString().split("/");
  const name = sessionKey(context, sub, id);
  const session = context.store.get<Session>(name);
  return session?.hash === hashed(refreshToken) ? { name, sub, session } : undefined;
}

/**
 * Makes new tokens for a refresh token. `checkClient` checks the app client's secret hash, which is for one of the names
 * that it gets.
 */
export async function refreshSession(
  context: ClientContext,
  refreshToken: string,
  metadata?: Metadata,
  checkClient: (names: readonly string[]) => void = () => {},
): Promise<AuthenticationResultType> {
  const found = findByRefreshToken(context, refreshToken);
  if (!found || found.session.clientId !== context.clientId) throw notAuthorized("Invalid Refresh Token");
  const { session } = found;
  const { scopes } = session;
  checkClient([session.username, found.sub]);
  if (session.revoked) throw notAuthorized("Refresh Token has been revoked");
  if (session.until < Date.now()) throw notAuthorized("Refresh Token has expired");
  const user = findUser(context, session.username);
  if (user?.sub !== found.sub) throw notAuthorized("Invalid Refresh Token");
  if (!user.enabled) throw notAuthorized("User is disabled.");
  const plan = await planTokens(context, user, { source: "TokenGeneration_RefreshTokens", metadata, scopes });
  return signTokens(context, user, session, plan);
}

/** Revokes the session of a refresh token, and so its access tokens. */
export async function revokeSession(context: ClientContext, refreshToken: string): Promise<void> {
  const found = findByRefreshToken(context, refreshToken);
  if (!found || found.session.clientId !== context.clientId) return;
  await revokeSessionNamed(context, found.name);
}

/** Revokes the session whose record has this name, if there is one. */
export async function revokeSessionNamed({ store }: ClientContext, name: string): Promise<void> {
  const session = store.get<Session>(name);
  if (session) await store.commit([[name, { ...session, revoked: true }]]);
}

export async function revokeAllSessions(context: PoolContext, user: User): Promise<void> {
  const prefix = key("session", context.poolId, user.sub);
  const writes: Write[] = [];
  for await (const [name, session] of context.store.range<Session>(prefix))
    writes.push([name, { ...session, revoked: true }]);
  await context.store.commit(writes);
}

/** Deletes what has expired. A session stays a day longer than its refresh token, as its last access token may. */
export async function deleteExpired(store: Store): Promise<void> {
  const expired: Write[] = [];
  for (const prefix of ["session", "challenge", "mismatches", "code", "browser", "federation"]) {
    for await (const [name, { until }] of store.range<{ until: number }>(prefix))
      if (until + day < Date.now()) expired.push([name, undefined]);
  }
  await store.commit(expired);
}
