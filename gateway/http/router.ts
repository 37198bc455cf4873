import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { GatewayContext } from "../context";
import { type EmulatorResponse, passThrough } from "../emulator/forward";
import { type CognitoException, exception, isException } from "../exceptions";
import { operationOf } from "../operations/lookup";
import { serveOperation } from "../operations/serve";
import { receive } from "./body";
import { isClosed } from "./closed-paths";
import type { Serve } from "./listen";
import { servePage } from "./pages";
import { sendJson } from "./send";

/** Decides who answers a request: an operation of Cognito's, a page of the gateway's own, or the emulator. */
export function route(context: GatewayContext): Serve {
  return async (incoming, outgoing) => {
    try {
      const operation = operationOf(incoming.headers);
      // This check comes first: the header that names an operation must not open a closed path.
      if (isClosed(incoming)) sendJson(outgoing, 403, { message: "This local cloud does not serve this path." });
      else if (operation !== undefined) await answerCognito(context, operation, incoming, outgoing);
      else if (!(await servePage(context, incoming, outgoing))) await passThrough(context.emulator, incoming, outgoing);
    } catch (error) {
      report(error, incoming);
      if (outgoing.headersSent) outgoing.destroy();
      else sendJson(outgoing, 502, { message: "The local cloud could not answer this request." });
    }
  };
}

/** Answers one request of the Cognito API. */
async function answerCognito(
  context: GatewayContext,
  operation: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const request = await receive(incoming);
    if (!request) return await answerTooLarge(incoming, outgoing);
    const answer = await serveOperation(context, operation, request);
    if ("rawHeaders" in answer) relay(outgoing, answer);
    else sendCognito(outgoing, 200, answer);
  } catch (error) {
    if (!isException(error)) report(error, incoming);
    if (isException(error)) sendException(outgoing, 400, error);
    else
      sendException(outgoing, 500, exception("InternalErrorException", "The local cloud failed; its log says where."));
  }
}

/** How long a client may go on sending a request that is too large, in milliseconds. */
const drainTime = 2_000;

/** Answers at once and closes the connection later: a connection that is reset at once could lose the answer. */
async function answerTooLarge(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const name = "RequestEntityTooLargeException";
  const body = JSON.stringify({ __type: name, message: "The request is too large." });
  const headers = { "content-type": cognitoJson, "content-length": body.length, "x-amzn-errortype": name };
  outgoing.writeHead(413, { ...headers, connection: "close" }).write(body);
  await Promise.race([finished(incoming.resume()).catch(() => {}), sleep(drainTime)]);
  outgoing.end();
}

const cognitoJson = "application/x-amz-json-1.1";

function sendException(outgoing: ServerResponse, status: number, { name, message }: CognitoException): void {
  outgoing.setHeader("x-amzn-errortype", name);
  sendCognito(outgoing, status, { __type: name, message });
}

function sendCognito(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.setHeader("x-amzn-requestid", randomUUID());
  sendJson(outgoing, status, body, cognitoJson);
}

function relay(outgoing: ServerResponse, { status, rawHeaders, body }: EmulatorResponse): void {
  outgoing.writeHead(status, [...rawHeaders]);
  outgoing.end(body);
}

/** Logs where a request failed. The message is left out: it may hold what a person typed. */
function report(error: unknown, { headers, method }: IncomingMessage): void {
  const where = error instanceof Error ? error.stack?.match(/^\s+at .*$/gm)?.slice(0, 5) : [];
  const name = error instanceof Error ? error.name : "Error";
  console.error([`${method} ${headers["x-amz-target"] ?? ""} failed: ${name}`, ...(where ?? [])].join("\n"));
}
