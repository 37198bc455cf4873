import { randomBytes, randomUUID } from "node:crypto";
import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import { lifetimes } from "./client";
import { type AtClient, atClient, type Context, type InPool } from "./context";
import { notAuthorized, userNotFound } from "./errors";
import type { Input } from "./input";
import { type Occasion, planTokens } from "./pre-token-generation";
import { key, type Store, type Write } from "./store";
import { hashed, readAccessToken, signTokens } from "./tokens";
import type { Metadata } from "./triggers";
import { findUser, type Subject, type User } from "./users";

/** One sign-in on one device: what a refresh token stands for, and what its access tokens hang on. */
export interface Session {
  /** Also the `event_id` of every token of this sign-in. */
  readonly id: string;
  readonly username: string;
  readonly originJti: string;
  readonly clientId: string;
  /** Seconds, as in the claim. */
  readonly authTime: number;
  /** Of the refresh token. */
  readonly hash: string;
  readonly until: number;
  readonly revoked?: boolean;
}

const day = 86_400_000;
const sessionKey = (at: InPool, sub: string, id: string) => key("session", at.poolId, sub, id);

/** Signs a user in: tokens, and the session that they belong to. */
export async function startSession(at: AtClient, user: User, occasion: Occasion): Promise<AuthenticationResultType> {
  const plan = await planTokens(at, user, occasion);
  const id = randomUUID();
  const RefreshToken = newRefreshToken(user.sub, id);
  const session: Session = {
    id,
    username: user.username,
    originJti: randomUUID(),
    clientId: at.clientId,
    authTime: Math.floor(Date.now() / 1000),
    hash: hashed(RefreshToken),
    until: Date.now() + lifetimes(at.client).refresh * 1000,
  };
  const tokens = await signTokens(at, user, session, plan);
  await at.store.commit([[sessionKey(at, user.sub, id), session]]);
  return { ...tokens, RefreshToken };
}

/** Opaque to clients; for us it says where its session is, without naming anybody. */
const newRefreshToken = (sub: string, id: string) =>
  Buffer.from(`${sub}/${id}/${randomBytes(32).toString("base64url")}`).toString("base64url");

function sessionOf(at: InPool, refreshToken: string) {
  const [sub = "", id = ""] = Buffer.from(refreshToken, "base64url").toString().split("/");
  const name = sessionKey(at, sub, id);
  const session = at.store.get<Session>(name);
  return session?.hash === hashed(refreshToken) ? { name, sub, session } : undefined;
}

/** New tokens for a refresh token, once the client has proven itself to the user it belongs to. */
export async function refreshSession(
  at: AtClient,
  refreshToken: string,
  metadata?: Metadata,
  prove: (names: readonly string[]) => void = () => {},
): Promise<AuthenticationResultType> {
  const found = sessionOf(at, refreshToken);
  if (!found || found.session.clientId !== at.clientId) throw notAuthorized("Invalid Refresh Token");
  const { session } = found;
  prove([session.username, found.sub]);
  if (session.revoked) throw notAuthorized("Refresh Token has been revoked");
  if (session.until < Date.now()) throw notAuthorized("Refresh Token has expired");
  const user = findUser(at, session.username);
  if (user?.sub !== found.sub) throw notAuthorized("Invalid Refresh Token");
  if (!user.enabled) throw notAuthorized("User is disabled.");
  const plan = await planTokens(at, user, { source: "TokenGeneration_RefreshTokens", metadata });
  return signTokens(at, user, session, plan);
}

/** Ends the session of one refresh token, and with it the access tokens that came of it. */
export async function revokeSession(at: AtClient, refreshToken: string): Promise<void> {
  const found = sessionOf(at, refreshToken);
  if (!found || found.session.clientId !== at.clientId) return;
  await at.store.commit([[found.name, { ...found.session, revoked: true }]]);
}

export async function revokeAllSessions(at: InPool, user: User): Promise<void> {
  const prefix = key("session", at.poolId, user.sub);
  const writes: Write[] = [];
  for await (const [name, session] of at.store.range<Session>(prefix))
    writes.push([name, { ...session, revoked: true }]);
  await at.store.commit(writes);
}

/** Whose access token this is, if it still counts. */
export async function bearer(context: Context, { AccessToken = "" }: Input): Promise<Subject<AtClient>> {
  const claims = await readAccessToken(context, AccessToken);
  const at = await atClient(context, { ClientId: claims.client, UserPoolId: claims.pool });
  const session = at.store.get<Session>(sessionKey(at, claims.sub, claims.session));
  const user = findUser(at, claims.username);
  if (user?.sub !== claims.sub) throw userNotFound();
  if (!session || session.revoked) throw notAuthorized("Access Token has been revoked");
  if (!user.enabled) throw notAuthorized("User is disabled.");
  return { at, user };
}

/** Forgets what can never be used again. An access token may live a day longer than its session. */
export async function forgetExpired(store: Store): Promise<void> {
  const gone: Write[] = [];
  for (const prefix of ["session", "challenge", "mismatches"]) {
    for await (const [name, { until }] of store.range<{ until: number }>(prefix))
      if (until + day < Date.now()) gone.push([name, undefined]);
  }
  await store.commit(gone);
}
