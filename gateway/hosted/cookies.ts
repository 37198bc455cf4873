import type { IncomingHttpHeaders } from "node:http";
import type { PoolContext } from "../context";

/** The value of a cookie; undefined where the browser sent none. */
export function cookieOf({ cookie = "" }: IncomingHttpHeaders, name: string): string | undefined {
  const found = cookie.split(/;\s*/).find((part) => part.startsWith(`${name}=`));
  return found?.slice(name.length + 1) || undefined;
}

interface Options {
  /** `Lax` where a navigation from another site must bring the cookie along. */
  readonly sameSite: "Strict" | "Lax";
  /** In seconds. @default until the browser closes */
  readonly maxAge?: number;
}

/**
 * A cookie for the hosted pages of one pool, which no script can read. It is not `Secure`, since the local cloud has no
 * TLS: it never leaves this machine.
 */
export const cookie = ({ poolId }: PoolContext, name: string, value: string, { sameSite, maxAge }: Options): string =>
  [
    `${name}=${value}`,
    `Path=/${poolId}/`,
    "HttpOnly",
    `SameSite=${sameSite}`,
    ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
  ].join("; ");
