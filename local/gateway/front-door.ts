import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/**
 * Who has sent a request:
 * - `program`: anything that is no browser: an SDK, a command line, Terraform, a function
 * - `page`: a page of this machine, at `localhost` or a loopback address
 * - `person`: somebody who typed the address, or opened a bookmark
 * - `link`: a page of another site, which has sent the whole tab here
 * - `elsewhere`: a page of another site, in any other way
 */
export type Sender = "program" | "page" | "person" | "link" | "elsewhere";

/** What a browser may reach. Programs may reach everything. */
export interface Place {
  readonly from: readonly Exclude<Sender, "program" | "elsewhere">[];
  readonly methods: readonly string[];
  readonly path: RegExp;
  /** What else must be true of the request itself; a preflight does not show it. */
  readonly allows?: (headers: IncomingHttpHeaders) => boolean;
}

const loopback = String.raw`localhost|127(?:\.\d{1,3}){3}|\[::1\]`;
/** SDKs put the name of a bucket in front, as in `bucket.localhost`. */
const ownHost = new RegExp(`^(?:[a-z0-9_.-]+\\.localhost|${loopback})(?::\\d+)?$`, "i");
const ownPage = new RegExp(`^https?://(?:${loopback})(?::\\d+)?(?:/.*)?$`, "i");

/**
 * Tells a browser by the headers that a page can neither set nor leave out.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function senderOf(headers: IncomingHttpHeaders): Sender {
  const { origin, referer, "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest } = headers;
  // A page at localhost that calls 127.0.0.1 is cross-site, but names its origin.
  if (origin !== undefined) return ownPage.test(origin) ? "page" : "elsewhere";
  if (site === "same-origin" || site === "same-site") return "page";
  if (site === "none") return mode === "navigate" ? "person" : "elsewhere";
  if (site !== undefined) return mode === "navigate" && dest === "document" ? "link" : "elsewhere";
  // The `fetch` of Node sends this header alone.
  if (mode !== undefined && mode !== "cors") return "elsewhere";
  if (referer !== undefined) return ownPage.test(referer) ? "page" : "elsewhere";
  return "program";
}

/** Why a request may not come in, as a sentence; undefined where it may. */
export function refusalOf(
  { method = "", url = "", headers }: Pick<IncomingMessage, "method" | "url" | "headers">,
  places: readonly Place[],
): string | undefined {
  const { host = "" } = headers;
  if (!ownHost.test(host)) return `This local cloud answers to localhost and 127.0.0.1, not to "${host}".`;
  const sender = senderOf(headers);
  if (sender === "program") return undefined;
  if (sender === "elsewhere") return "A page of another site may not reach the local cloud of this machine.";
  const asked = isPreflight({ method, headers }) ? headers["access-control-request-method"] : undefined;
  const path = url.replace(/[?#].*$/, "");
  const reaches = ({ from, methods, path: pattern, allows }: Place) =>
    from.includes(sender) &&
    methods.includes(asked ?? method) &&
    pattern.test(path) &&
    (asked !== undefined || (allows?.(headers) ?? true));
  if (places.some(reaches)) return undefined;
  return sender === "link"
    ? "Another site has sent you here. If you want to go on, type the address yourself."
    : "Only programs may do this, and not a page in a browser.";
}

/**
 * Stands in front of everything that listens on this machine: answers what must not come in, and preflights.
 * @returns whether the request may go on
 */
export function admit(places: readonly Place[], incoming: IncomingMessage, outgoing: ServerResponse): boolean {
  const { origin } = incoming.headers;
  if (origin !== undefined && senderOf(incoming.headers) === "page") {
    outgoing.setHeader("access-control-allow-origin", origin);
    outgoing.setHeader("access-control-expose-headers", "x-amzn-errortype, x-amzn-requestid");
    outgoing.setHeader("vary", "origin");
  }
  const message = refusalOf(incoming, places);
  if (message) {
    const body = JSON.stringify({ __type: "AccessDeniedException", message });
    outgoing.writeHead(403, { "content-type": "application/json" }).end(body);
    return false;
  }
  if (!isPreflight(incoming)) return true;
  // The `*` does not stand for `authorization`, so nothing signed gets through.
  const allowed = { "access-control-allow-headers": "*", "access-control-max-age": "600" };
  const methods = incoming.headers["access-control-request-method"];
  outgoing.writeHead(204, { ...allowed, "access-control-allow-methods": methods }).end();
  return false;
}

const isPreflight = ({ method, headers }: Pick<IncomingMessage, "method" | "headers">) =>
  method === "OPTIONS" && headers["access-control-request-method"] !== undefined && senderOf(headers) !== "program";
