import { randomBytes } from "node:crypto";
import type { PoolContext } from "../context";
import { hashed } from "../storage/hashed";
import { key } from "../storage/store";
import type { User } from "../users/user";
import { findBySub } from "../users/user-store";
import { cookie, cookieOf } from "./cookies";
import type { HostedRequest } from "./exchange";

/** A browser in which somebody has signed in. The next app client of the pool gets a code without asking again. */
interface BrowserSession {
  readonly sub: string;
  /** The provider that the person chose. */
  readonly provider: string;
  /** When the person signed in, in seconds. */
  readonly authTime: number;
  readonly until: number;
}

/** What a browser knows of the person who has signed in. */
export type SignedIn = Pick<BrowserSession, "provider" | "authTime"> & { readonly user: User };

/** Cognito's own name for the cookie. */
const name = "cognito";
/** In seconds, as at Cognito. */
const lifetime = 3_600;

const recordOf = (context: PoolContext, secret: string) => key("browser", context.poolId, hashed(secret));

/** Remembers a sign-in. @returns the cookie for the browser */
export async function openBrowserSession(
  context: PoolContext,
  { user, provider, authTime }: SignedIn,
): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  const session: BrowserSession = { sub: user.sub, provider, authTime, until: Date.now() + lifetime * 1000 };
  await context.store.commit([[recordOf(context, secret), session]]);
  return cookie(context, name, secret, { sameSite: "Lax", maxAge: lifetime });
}

/** The person who has signed in in this browser, if that is not too long ago and the user is still enabled. */
export function signedIn(context: PoolContext, { headers }: HostedRequest): SignedIn | undefined {
  const secret = cookieOf(headers, name);
  const session = secret && context.store.get<BrowserSession>(recordOf(context, secret));
  if (!session || session.until < Date.now()) return undefined;
  const user = findBySub(context, session.sub);
  return user?.enabled ? { ...session, user } : undefined;
}

/** Forgets the sign-in. @returns the cookie that removes the other one */
export async function closeBrowserSession(context: PoolContext, { headers }: HostedRequest): Promise<string> {
  const secret = cookieOf(headers, name);
  if (secret) await context.store.commit([[recordOf(context, secret), undefined]]);
  return cookie(context, name, "", { sameSite: "Lax", maxAge: 0 });
}
