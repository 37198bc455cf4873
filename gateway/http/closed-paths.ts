import type { IncomingMessage } from "node:http";

/**
 * Whether a request asks for what nobody may reach, in any spelling of the path:
 * - the emulator's own switches, which need no credentials
 * - the emulator's hosted sign-in, which does not know the users of the gateway
 */
export function isClosed(incoming: IncomingMessage): boolean {
  const path = normalized(incoming.url ?? "");
  if (path.includes("/_ministack/")) return !["GET", "HEAD"].includes(incoming.method ?? "");
  return !incoming.headers.authorization && /^\/(oauth2|login|logout|saml2)(\/|$)/.test(path);
}

function normalized(url: string): string {
  const path = url.split(/[?#]/)[0] ?? "";
  try {
    return decodeURIComponent(path)
      .replace(/[\\/]+/g, "/")
      .toLowerCase();
  } catch {
    return path.toLowerCase();
  }
}
