import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { denial } from "./authorize";
import type { Context } from "./context";
import { deleteGroup, deletePool } from "./deletions";
import type { EmulatorAgent } from "./emulator-agent";
import { isRefusal, notServed, type Refusal, refusal } from "./errors";
import { checkNeeds, fromJson, parse } from "./input";
import type { Serve } from "./listen";
import { isConfiguration, operationNamed, operationOf } from "./operations";
import { page, send } from "./pages";
import { checkTriggers } from "./pool-settings";
import { type Answer, exchange, isClosed, passThrough, type Received, receive } from "./proxy";

/** What all requests share. */
export type Cloud = Omit<Context, "operation" | "signed"> & { readonly emulator: EmulatorAgent };

/** Decides, for each request, who answers it: a page of ours, the user plane, or the emulator. */
export function route(cloud: Cloud): Serve {
  return async (incoming, outgoing) => {
    try {
      const operation = operationOf(incoming.headers);
      // First of all: a header must not open a path that is closed.
      if (isClosed(incoming)) send(outgoing, 403, { message: "This local cloud does not serve this path." });
      else if (operation !== undefined) await cognito(cloud, operation, incoming, outgoing);
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
    if (!request) return await refuseRest(incoming, outgoing);
    const answer = await answerTo(cloud, operation, request);
    if ("rawHeaders" in answer) relay(outgoing, answer);
    else sendCognito(outgoing, 200, answer);
  } catch (error) {
    if (!isRefusal(error)) report(error, incoming);
    if (isRefusal(error)) sendRefusal(outgoing, 400, error);
    else sendRefusal(outgoing, 500, refusal("InternalErrorException", "The local cloud failed; its log says where."));
  }
}

async function answerTo(cloud: Cloud, operation: string, request: Received): Promise<Answer | object> {
  if (operation === "DeleteUserPool") return deletePool(cloud, request);
  if (operation === "DeleteGroup") return deleteGroup(cloud, request);
  if (/^(Create|Update)UserPool$/.test(operation)) checkTriggers(Object(fromJson(request.body.toString())));
  if (isConfiguration(operation)) return exchange(cloud.emulator, request);
  const row = operationNamed(operation);
  if (!row) throw notServed(operation);
  const input = parse(request.body);
  checkNeeds(row.needs, input);
  if (row.signed) {
    const denied = await denial(cloud, request, operation, input);
    if (denied) return denied;
  }
  return row.run({ ...cloud, operation, signed: row.signed }, input);
}

/** How long a client may go on sending what nobody reads, in milliseconds. */
const patience = 2_000;

/** Answers a request that is too large at once, and then closes its connection: a reset would overtake the answer. */
async function refuseRest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const name = "RequestEntityTooLargeException";
  const body = JSON.stringify({ __type: name, message: "The request is too large." });
  const headers = { "content-type": json, "content-length": body.length, "x-amzn-errortype": name };
  outgoing.writeHead(413, { ...headers, connection: "close" }).write(body);
  await Promise.race([finished(incoming.resume()).catch(() => {}), sleep(patience)]);
  outgoing.end();
}

const json = "application/x-amz-json-1.1";

function sendRefusal(outgoing: ServerResponse, status: number, { name, message }: Refusal): void {
  outgoing.setHeader("x-amzn-errortype", name);
  sendCognito(outgoing, status, { __type: name, message });
}

function sendCognito(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.setHeader("x-amzn-requestid", randomUUID());
  send(outgoing, status, body, json);
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
