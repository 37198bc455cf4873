import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { denial } from "./authorize";
import type { Context } from "./context";
import { isRefusal, notServed, refusal } from "./errors";
import { checkNeeds, parse } from "./input";
import { mailboxPage, readMailbox } from "./mailbox";
import { isConfiguration, operations } from "./operations";
import { deletePool } from "./pool-deletion";
import { type Answer, exchange, isClosed, passThrough, type Received, receive } from "./proxy";
import { discovery, jwks } from "./tokens";

/** What all requests share. */
export type Cloud = Omit<Context, "operation" | "signed"> & { readonly emulator: string };

export type Serve = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

const target = "AWSCognitoIdentityProviderService.";

/** Decides, for each request, who answers it: a page of ours, the user plane, or the emulator. */
export function route(cloud: Cloud): Serve {
  return async (incoming, outgoing) => {
    try {
      const operation = String(incoming.headers["x-amz-target"] ?? "");
      // First of all: a header must not open a path that is closed.
      if (isClosed(incoming))
        send(outgoing, 403, { message: "This local cloud does not serve this path." });
      else if (operation.startsWith(target))
        await cognito(cloud, operation.slice(target.length), incoming, outgoing);
      else if (isPreflight(incoming)) preflight(incoming, outgoing);
      else if (!(await page(cloud, incoming, outgoing)))
        await passThrough(cloud.emulator, incoming, outgoing);
    } catch (error) {
      report(error, incoming);
      if (outgoing.headersSent) outgoing.destroy();
      else send(outgoing, 502, { message: "The local cloud could not answer this request." });
    }
  };
}

/** One request of the Cognito API. */
async function cognito(
  cloud: Cloud,
  operation: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const request = await receive(incoming);
    if (!request) throw refusal("RequestEntityTooLargeException", "The request is too large.");
    const answer = await answerTo(cloud, operation, request);
    if ("rawHeaders" in answer) relay(outgoing, answer);
    else sendCognito(outgoing, 200, answer);
  } catch (error) {
    if (!isRefusal(error)) report(error, incoming);
    const { name, message } = isRefusal(error)
      ? error
      : refusal("InternalErrorException", "The local cloud failed; its log says where.");
    outgoing.setHeader("x-amzn-errortype", name);
    sendCognito(outgoing, isRefusal(error) ? 400 : 500, { __type: name, message });
  }
}

async function answerTo(
  cloud: Cloud,
  operation: string,
  request: Received,
): Promise<Answer | object> {
  if (operation === "DeleteUserPool") return deletePool(cloud, request);
  if (isConfiguration(operation)) return exchange(cloud.emulator, request);
  const row = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (!row) throw notServed(operation);
  const input = parse(request.body);
  checkNeeds(row.needs, input);
  if (row.signed) {
    const denied = await denial(cloud.emulator, cloud.aws, request, operation, input);
    if (denied) return denied;
  }
  return row.run({ ...cloud, operation, signed: row.signed }, input as never);
}

/** Our own pages; false where the path is none of them. */
async function page(
  cloud: Cloud,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<boolean> {
  const [pathname = "/"] = (incoming.url ?? "/").split("?");
  const pool = /^\/([\w-]+_\w+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(pathname);
  if (pool?.[1]) return wellKnown(cloud, pool[1], pool[2] === "jwks.json", outgoing);
  if (!pathname.startsWith("/_local/")) return false;
  // A name that only pretends to be this machine could read the mail of its user.
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(incoming.headers.host ?? ""))
    send(outgoing, 403, { message: "This page is for this machine only." });
  else {
    const origin = incoming.headers.origin ?? "";
    if (/^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(origin))
      outgoing.setHeader("access-control-allow-origin", origin);
    await localPage(cloud, pathname, outgoing);
  }
  return true;
}

async function localPage(cloud: Cloud, pathname: string, outgoing: ServerResponse): Promise<void> {
  const mailbox = () => readMailbox(cloud.emulator, cloud.account);
  switch (pathname) {
    case "/_local/mailbox":
      outgoing.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      });
      outgoing.end(mailboxPage(await mailbox()));
      break;
    case "/_local/mailbox.json":
      send(outgoing, 200, await mailbox());
      break;
    case "/_local/triggers.json":
      send(outgoing, 200, cloud.triggerLog);
      break;
    default:
      send(outgoing, 404, { message: "There is no such page." });
  }
}

async function wellKnown(cloud: Cloud, pool: string, keys: boolean, outgoing: ServerResponse) {
  const found = await cloud.aws.pool(pool).catch((error) => {
    if (isRefusal(error)) return undefined;
    throw error;
  });
  outgoing.setHeader("access-control-allow-origin", "*");
  if (!found) send(outgoing, 404, { message: `User pool ${pool} does not exist.` });
  else send(outgoing, 200, keys ? await jwks(cloud.store, pool) : discovery(cloud.region, pool));
  return true;
}

/** Browsers ask before they call; only the unsigned operations are for them. */
const isPreflight = ({ method, headers }: IncomingMessage) =>
  method === "OPTIONS" && requestedHeaders(headers).includes("x-amz-target");

const requestedHeaders = (headers: IncomingMessage["headers"]) =>
  String(headers["access-control-request-headers"] ?? "")
    .toLowerCase()
    .split(/\s*,\s*/);

function preflight({ headers }: IncomingMessage, outgoing: ServerResponse): void {
  const allowed = requestedHeaders(headers).filter((name) => name !== "authorization");
  outgoing.writeHead(204, {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": allowed.join(", "),
    "access-control-max-age": "600",
  });
  outgoing.end();
}

function sendCognito(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.setHeader("access-control-allow-origin", "*");
  outgoing.setHeader("access-control-expose-headers", "x-amzn-errortype, x-amzn-requestid");
  outgoing.setHeader("x-amzn-requestid", randomUUID());
  send(outgoing, status, body, "application/x-amz-json-1.1");
}

function send(
  outgoing: ServerResponse,
  status: number,
  body: object,
  type = "application/json",
): void {
  outgoing.writeHead(status, { "content-type": type });
  outgoing.end(JSON.stringify(body, asSeconds));
}

/** The wire has times as seconds; a Date has become text before a replacer sees it, hence `this`. */
function asSeconds(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const original = this[name];
  return original instanceof Date ? original.getTime() / 1000 : value;
}

function relay(outgoing: ServerResponse, { status, rawHeaders, body }: Answer): void {
  outgoing.writeHead(status, rawHeaders as string[]);
  outgoing.end(body);
}

/** Where it failed, and not with what: a message may hold what somebody typed. */
function report(error: unknown, { headers, method }: IncomingMessage): void {
  const where = error instanceof Error ? error.stack?.match(/^\s+at .*$/gm)?.slice(0, 5) : [];
  const name = error instanceof Error ? error.name : "Error";
  console.error(
    [`${method} ${headers["x-amz-target"] ?? ""} failed: ${name}`, ...(where ?? [])].join("\n"),
  );
}
