import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { denial } from "./authorize";
import type { Context } from "./context";
import { deleteGroup, deletePool } from "./deletions";
import { isRefusal, notServed, refusal } from "./errors";
import { checkNeeds, fromJson, parse } from "./input";
import { isConfiguration, operations } from "./operations";
import { page, send } from "./pages";
import { checkTriggers } from "./pool-settings";
import { type Answer, exchange, isClosed, passThrough, type Received, receive } from "./proxy";

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
      if (isClosed(incoming)) send(outgoing, 403, { message: "This local cloud does not serve this path." });
      else if (operation.startsWith(target)) await cognito(cloud, operation.slice(target.length), incoming, outgoing);
      else if (isPreflight(incoming)) outgoing.writeHead(204, preflight).end();
      else if (!(await page(cloud, incoming, outgoing))) await passThrough(cloud.emulator, incoming, outgoing);
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

async function answerTo(cloud: Cloud, operation: string, request: Received): Promise<Answer | object> {
  if (operation === "DeleteUserPool") return deletePool(cloud, request);
  if (operation === "DeleteGroup") return deleteGroup(cloud, request);
  if (/^(Create|Update)UserPool$/.test(operation)) checkTriggers(Object(fromJson(request.body.toString())));
  if (isConfiguration(operation)) return exchange(cloud.emulator, request);
  const row = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (!row) throw notServed(operation);
  const input = parse(request.body);
  checkNeeds(row.needs, input);
  if (row.signed) {
    const denied = await denial(cloud, request, operation, input);
    if (denied) return denied;
  }
  return row.run({ ...cloud, operation, signed: row.signed }, input);
}

/** Browsers ask before they call; a `*` leaves out `authorization`, and so the signed operations. */
const isPreflight = ({ method, headers }: IncomingMessage) =>
  method === "OPTIONS" && /x-amz-target/i.test(headers["access-control-request-headers"] ?? "");

const preflight = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "*",
  "access-control-max-age": "600",
};

function sendCognito(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.setHeader("access-control-allow-origin", "*");
  outgoing.setHeader("access-control-expose-headers", "x-amzn-errortype, x-amzn-requestid");
  outgoing.setHeader("x-amzn-requestid", randomUUID());
  send(outgoing, status, body, "application/x-amz-json-1.1");
}

function relay(outgoing: ServerResponse, { status, rawHeaders, body }: Answer): void {
  outgoing.writeHead(status, rawHeaders as string[]);
  outgoing.end(body);
}

/** Where it failed, and not with what: a message may hold what somebody typed. */
function report(error: unknown, { headers, method }: IncomingMessage): void {
  const where = error instanceof Error ? error.stack?.match(/^\s+at .*$/gm)?.slice(0, 5) : [];
  const name = error instanceof Error ? error.name : "Error";
  console.error([`${method} ${headers["x-amz-target"] ?? ""} failed: ${name}`, ...(where ?? [])].join("\n"));
}
