import type { IncomingMessage, ServerResponse } from "node:http";
import { type GatewayContext, type PoolContext, poolContext } from "../context";
import { isException } from "../exceptions";
import { readBody } from "../http/body";
import type { Serve } from "../http/front-door";
import { report } from "../http/report";
import { endpoints, hostedPath } from "./endpoints";
import { type HostedAnswer, type HostedRequest, json, redirect, withQuery } from "./exchange";
import { page } from "./html";
import { invalidRequest, OAuthError } from "./oauth-error";

/** Far more than the longest form. */
const largestForm = 100_000;

/** Serves the hosted endpoints of all pools. */
export const serveHosted =
  (context: GatewayContext): Serve =>
  async (incoming, outgoing) => {
    const [path = "", search = ""] = split(incoming.url ?? "");
    const [, poolId = "", name = ""] = hostedPath.exec(path) ?? [];
    const endpoint = endpoints.get(name);
    const method = endpoint?.methods.find((one) => one === incoming.method);
    if (!endpoint || !method) {
      outgoing.setHeader("allow", endpoint?.methods.join(", ") ?? "");
      return send(outgoing, json({ error: "invalid_request", error_description: "The method is not allowed." }, 405));
    }
    // A browser keeps the cookies of `localhost` and of 127.0.0.1 apart, and an identity provider sends it to one of them.
    const isByName = /^localhost(:|$)/i.test(incoming.headers.host ?? "");
    if (endpoint.for === "browser" && method === "GET" && !isByName)
      return send(outgoing, redirect(`${context.origin}${path}${search}`));
    const answer = await attempt(incoming, endpoint.for === "browser", async () => {
      const ofPool = await poolWithDomain(context, poolId, `/${name}`);
      return endpoint.serve(ofPool, await read(incoming, method, search));
    });
    send(outgoing, answer);
  };

function split(url: string): [path: string, search: string] {
  const at = url.search(/[?#]/);
  return at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at).replace(/#.*$/, "")];
}

/** A pool has hosted endpoints once it has a domain. */
async function poolWithDomain(context: GatewayContext, poolId: string, operation: string): Promise<PoolContext> {
  const ofPool = await poolContext({ ...context, operation, signed: false }, poolId).catch((error) => {
    throw isException(error) ? new OAuthError("not_found", error.message, { status: 404 }) : error;
  });
  if (!ofPool.pool.Domain && !ofPool.pool.CustomDomain)
    throw new OAuthError("not_found", "This pool has no domain, so it has no hosted sign-in.", { status: 404 });
  return ofPool;
}

async function read(incoming: IncomingMessage, method: "GET" | "POST", search: string): Promise<HostedRequest> {
  const { headers } = incoming;
  const body = await readBody(incoming, largestForm);
  if (!body) throw invalidRequest("The request is too large.", { status: 413 });
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? "");
  const form = new URLSearchParams(isForm ? body.toString() : "");
  return { method, search, query: new URLSearchParams(search), form, headers };
}

/** Makes an answer of what an endpoint throws: a redirect to the callback, a page, or JSON. */
async function attempt(
  incoming: IncomingMessage,
  isPage: boolean,
  work: () => Promise<HostedAnswer>,
): Promise<HostedAnswer> {
  try {
    return await work();
  } catch (error) {
    const known = error instanceof OAuthError ? error : unexpected(error, incoming);
    const { error: name, message, callback, status, challenge } = known;
    if (callback)
      return redirect(
        withQuery(callback.redirectUri, { error_description: message, state: callback.state, error: name }),
      );
    if (isPage) return page({ title: "This does not work", alert: message, body: `<p>Error: ${name}</p>`, status });
    return json(
      { error: name, error_description: message },
      status,
      challenge === undefined ? undefined : { "www-authenticate": challenge },
    );
  }
}

function unexpected(error: unknown, incoming: IncomingMessage): OAuthError {
  report(error, incoming);
  return new OAuthError("server_error", "The local cloud failed; its log says where.", { status: 500 });
}

function send(outgoing: ServerResponse, { status, headers, cookies = [], body }: HostedAnswer): void {
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  if (cookies.length) outgoing.setHeader("set-cookie", [...cookies]);
  outgoing.setHeader("cache-control", "no-store");
  outgoing.setHeader("pragma", "no-cache");
  outgoing.writeHead(status).end(body);
}
