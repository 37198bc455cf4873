import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type ReceivedRequest, readBody } from "../http/body";
import type { EmulatorAgent } from "./agent";

export interface EmulatorResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** Starts the same request to the emulator, unchanged. The caller sends the body. */
const startRequest = (
  agent: EmulatorAgent,
  { method, url: path, rawHeaders }: Pick<IncomingMessage, "method" | "url"> & Pick<ReceivedRequest, "rawHeaders">,
) => request({ agent, method, path, headers: without(connectionHeaders, rawHeaders) });

/** Headers that concern one connection only. */
const connectionHeaders = /^(connection|keep-alive|upgrade|http2-settings|proxy-.*|te)$/i;
/** Headers of the emulator's that are not passed on. Which pages may read an answer is for the front door to decide. */
const droppedHeaders = /^(connection|keep-alive|upgrade|access-control-.*)$/i;

const without = (names: RegExp, rawHeaders: readonly string[]): string[] =>
  // Raw headers are a list in which names and values alternate.
  rawHeaders.filter((_, index) => !names.test(rawHeaders[index - (index % 2)] ?? ""));

/** Gets a page of the emulator's own. */
export async function ask(emulator: EmulatorAgent, url: string): Promise<EmulatorResponse> {
  return exchange(emulator, {
    method: "GET",
    url,
    headers: {},
    rawHeaders: ["host", "localhost"],
    body: Buffer.alloc(0),
  });
}

/** Sends a request to the emulator, and reads the whole answer. */
export function exchange(emulator: EmulatorAgent, received: ReceivedRequest): Promise<EmulatorResponse> {
  return new Promise((resolve, reject) => {
    const forwarded = startRequest(emulator, received);
    forwarded.on("error", reject);
    forwarded.on("response", (response) => {
      const { statusCode: status = 502, headers } = response;
      const rawHeaders = without(droppedHeaders, response.rawHeaders);
      readBody(response).then((body = Buffer.alloc(0)) => resolve({ status, headers, rawHeaders, body }), reject);
    });
    forwarded.end(received.body);
  });
}

/** Passes a request on to the emulator and the answer back, both unchanged and as they arrive. */
export function passThrough(
  emulator: EmulatorAgent,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const forwarded = startRequest(emulator, incoming);
    forwarded.on("error", reject);
    forwarded.on("response", (response) => {
      outgoing.writeHead(response.statusCode ?? 502, without(droppedHeaders, response.rawHeaders));
      response.pipe(outgoing);
      response.on("error", reject);
    });
    // Either the answer is complete, or the client has hung up.
    outgoing.on("close", () => {
      resolve();
      forwarded.destroy();
    });
    incoming.pipe(forwarded);
  });
}
