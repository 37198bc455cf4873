import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/**
 * Who has sent a request:
 * - `program`: anything that is no browser: an SDK, a command line, Terraform, a function
 * - `page`: a page of this machine, at `localhost` or a loopback address
 * - `person`: a person who typed the address, opened a bookmark or came from another program, whatever redirects followed
 * - `link`: a page of another site, which has sent the whole tab here
 * - `elsewhere`: a page of another site, in any other way
 */
export type Sender = "program" | "page" | "person" | "link" | "elsewhere";

export type Serve = (incoming: IncomingMessage, outgoing: ServerResponse) => void | Promise<void>;

/** What a browser may reach. Programs may reach everything. */
export interface BrowserRoute {
  readonly from: readonly Exclude<Sender, "program" | "elsewhere">[];
  readonly methods: readonly string[];
  readonly path: RegExp;
  /** A further condition on the headers. It does not count for a preflight, which comes without these headers. */
  readonly allows?: (headers: IncomingHttpHeaders) => boolean;
  /** Whether a request may have an `Authorization` header with a token or a secret of OAuth's. A signature never may. */
  readonly takesToken?: boolean;
  /** Answers such a request. Nothing else gets to see it, so a request that is let in for one thing cannot do another. */
  readonly serve: Serve;
}

const loopback = String.raw`localhost|127(?:\.\d{1,3}){3}|\[::1\]`;
/** SDKs put the name of an S3 bucket before the host, as in `bucket.localhost`. */
const ownHost = new RegExp(`^(?:[a-z0-9_.-]+\\.localhost|${loopback})(?::\\d+)?$`, "i");
const loopbackHost = new RegExp(`^(?:${loopback})(?::\\d+)?$`, "i");
const ownPage = new RegExp(`^https?://(?:${loopback})(?::\\d+)?(?:/.*)?$`, "i");

/**
 * Recognizes a browser by headers that a page can neither set nor leave out, and where they are missing by the referrer.
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

/** What the front door decides: who serves the request, or a sentence that says why nobody does. */
export type Decision = { readonly serve: Serve } | { readonly blocked: string };

/** Decides about a request, by its headers and its path alone. */
export function decide(
  { method = "", url = "", headers }: Pick<IncomingMessage, "method" | "url" | "headers">,
  { routes, serve }: { readonly routes: readonly BrowserRoute[]; readonly serve: Serve },
): Decision {
  const { host = "" } = headers;
  if (!ownHost.test(host)) return { blocked: `This local cloud answers to localhost and 127.0.0.1, not to "${host}".` };
  const sender = senderOf(headers);
  if (sender === "program") return { serve };
  if (sender === "elsewhere" || !loopbackHost.test(host))
    return { blocked: "A page of another site may not reach the local cloud of this machine." };
  // A route for browsers serves nothing signed. The door refuses it all the same.
  if (/[?&]x-amz-signature=/i.test(url)) return { blocked: forPrograms };
  const preflightFor = isPreflight({ method, headers }) ? headers["access-control-request-method"] : undefined;
  const path = pathOf(url);
  const route = routes.find(
    ({ from, methods, path: pattern, allows, takesToken }) =>
      from.includes(sender) &&
      (headers.authorization === undefined || (takesToken && /^(Bearer|Basic) /i.test(headers.authorization))) &&
      methods.includes(preflightFor ?? method) &&
      pattern.test(path) &&
      (preflightFor !== undefined || (allows?.(headers) ?? true)),
  );
  if (route) return preflightFor === undefined ? route : { serve: answerPreflight(route) };
  return {
    blocked:
      sender === "link"
        ? "Another site has sent you here. If you want to go on, type the address yourself."
        : forPrograms,
  };
}

const forPrograms = "Only programs may do this, and not a page in a browser.";

/** The path of a request, without its query. */
export const pathOf = (url = "") => url.replace(/[?#].*$/, "");

/** Decides about every request before anything else sees it, and hands it to who serves it, or answers it. */
export function admit(
  doors: Parameters<typeof decide>[1],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void | Promise<void> {
  const { origin } = incoming.headers;
  if (origin !== undefined && senderOf(incoming.headers) === "page") {
    outgoing.setHeader("access-control-allow-origin", origin);
    outgoing.setHeader("access-control-expose-headers", "x-amzn-errortype, x-amzn-requestid");
    outgoing.setHeader("vary", "origin");
  }
  const decision = decide(incoming, doors);
  if ("serve" in decision) return decision.serve(incoming, outgoing);
  const body = JSON.stringify({ __type: "AccessDeniedException", message: decision.blocked });
  outgoing.writeHead(403, { "content-type": "application/json" }).end(body);
}

const answerPreflight =
  ({ takesToken = false }: BrowserRoute): Serve =>
  ({ headers }, outgoing) => {
    const names = headers["access-control-request-headers"]?.split(",").map((name) => name.trim()) ?? [];
    const open = names.filter((name) => takesToken || name.toLowerCase() !== "authorization").join(", ");
    const allowed = { "access-control-allow-headers": open, "access-control-max-age": "600" };
    const methods = headers["access-control-request-method"];
    outgoing.writeHead(204, { ...allowed, "access-control-allow-methods": methods }).end();
  };

const isPreflight = ({ method, headers }: Pick<IncomingMessage, "method" | "headers">) =>
  method === "OPTIONS" && headers["access-control-request-method"] !== undefined && senderOf(headers) !== "program";
