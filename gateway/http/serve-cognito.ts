import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { GatewayContext } from "../context";
import type { EmulatorResponse } from "../emulator/forward";
import { type CognitoException, exception, isException } from "../exceptions";
import { operationOf } from "../operations/lookup";
import { serveOperation } from "../operations/serve";
import { StoreProblem } from "../storage/store";
import { receive } from "./body";
import type { Serve } from "./front-door";
import { report } from "./report";
import { sendJson } from "./send";

/** Serves one request of the Cognito API. */
export const serveCognito =
  (context: GatewayContext): Serve =>
  async (incoming, outgoing) => {
    try {
      const request = await receive(incoming);
      if (!request) return await answerTooLarge(incoming, outgoing);
      const answer = await serveOperation(context, operationOf(incoming.headers) ?? "", request);
      if ("rawHeaders" in answer) relay(outgoing, answer);
      else sendCognito(outgoing, 200, answer);
    } catch (error) {
      // The client has gone before its request was whole: there is nobody to answer.
      if (incoming.destroyed && !incoming.complete) return;
      if (isException(error)) return sendException(outgoing, 400, error);
      report(error, incoming);
      const message = error instanceof StoreProblem ? error.message : "The local cloud failed; its log says where.";
      sendException(outgoing, 500, exception("InternalErrorException", message));
    }
  };

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
