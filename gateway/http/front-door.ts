import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/**
 * Who has sent a request:
 * - `program`: anything that is no browser: an SDK, a command line, Terraform, a function
 * - `page`: a page of this machine, at `localhost` or a loopback address
 * - `person`: a person who typed the address, or opened a bookmark
 * - `link`: a page of another site, which has sent the whole tab here
 * - `elsewhere`: a page of another site, in any other way
 */
export type Sender = "program" | "page" | "person" | "link" | "elsewhere";

/** What a browser may reach. Programs may reach everything. */
export interface BrowserRoute {
  readonly from: readonly Exclude<Sender, "program" | "elsewhere">[];
  readonly methods: readonly string[];
  readonly path: RegExp;
  /** A further condition on the headers. It does not count for a preflight, which comes without these headers. */
  readonly allows?: (headers: IncomingHttpHeaders) => boolean;
}

const loopback = String.raw`localhost|127(?:\.\d{1,3}){3}|\[::1\]`;
/** SDKs put the name of an S3 bucket before the host, as in `bucket.localhost`. */
const ownHost = new RegExp(`^(?:[a-z0-9_.-]+\\.localhost|${loopback})(?::\\d+)?$`, "i");
const ownPage = new RegExp(`^https?://(?:${loopback})(?::\\d+)?(?:/.*)?$`, "i");

/**
 * Recognizes a browser by headers that a page can neither set nor leave out.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function senderOf(headers: IncomingHttpHeaders): Sender {
  const { origin, referer, "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest } = headers;
  // A page at localhost that calls 127.0.0.1 counts as cross-site, but it sends its origin.
  if (origin !== undefined) return ownPage.test(origin) ? "page" : "elsewhere";
  if (site === "same-origin" || site === "same-site") return "page";
  if (site === "none") return mode === "navigate" ? "person" : "elsewhere";
  if (site !== undefined) return mode === "navigate" && dest === "document" ? "link" : "elsewhere";
  // Node's own `fetch` sends this header and none of the others.
  if (mode !== undefined && mode !== "cors") return "elsewhere";
  if (referer !== undefined) return ownPage.test(referer) ? "page" : "elsewhere";
  return "program";
}

/** A sentence that says why a request is blocked; undefined where it may come in. */
export function whyBlocked(
  { method = "", url = "", headers }: Pick<IncomingMessage, "method" | "url" | "headers">,
  routes: readonly BrowserRoute[],
): string | undefined {
  const { host = "" } = headers;
  if (!ownHost.test(host)) return `This local cloud answers to localhost and 127.0.0.1, not to "${host}".`;
  const sender = senderOf(headers);
  if (sender === "program") return undefined;
  if (sender === "elsewhere") return "A page of another site may not reach the local cloud of this machine.";
  const preflightFor = isPreflight({ method, headers }) ? headers["access-control-request-method"] : undefined;
  const path = url.replace(/[?#].*$/, "");
  const isOpen = ({ from, methods, path: pattern, allows }: BrowserRoute) =>
    from.includes(sender) &&
    methods.includes(preflightFor ?? method) &&
    pattern.test(path) &&
    (preflightFor !== undefined || (allows?.(headers) ?? true));
  if (routes.some(isOpen)) return undefined;
  return sender === "link"
    ? "Another site has sent you here. If you want to go on, type the address yourself."
    : "Only programs may do this, and not a page in a browser.";
}

/**
 * Checks every request before anything else sees it. A blocked request and a preflight are answered here.
 * @returns whether the request may go on
 */
export function admit(routes: readonly BrowserRoute[], incoming: IncomingMessage, outgoing: ServerResponse): boolean {
  const { origin } = incoming.headers;
  if (origin !== undefined && senderOf(incoming.headers) === "page") {
    outgoing.setHeader("access-control-allow-origin", origin);
    outgoing.setHeader("access-control-expose-headers", "x-amzn-errortype, x-amzn-requestid");
    outgoing.setHeader("vary", "origin");
  }
  const message = whyBlocked(incoming, routes);
  if (message) {
    const body = JSON.stringify({ __type: "AccessDeniedException", message });
    outgoing.writeHead(403, { "content-type": "application/json" }).end(body);
    return false;
  }
  if (!isPreflight(incoming)) return true;
  // `*` allows every header but `authorization`, so a page cannot send a signed request.
  const allowed = { "access-control-allow-headers": "*", "access-control-max-age": "600" };
  const methods = incoming.headers["access-control-request-method"];
  outgoing.writeHead(204, { ...allowed, "access-control-allow-methods": methods }).end();
  return false;
}

const isPreflight = ({ method, headers }: Pick<IncomingMessage, "method" | "headers">) =>
  method === "OPTIONS" && headers["access-control-request-method"] !== undefined && senderOf(headers) !== "program";
