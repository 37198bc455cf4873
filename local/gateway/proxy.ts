import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { EmulatorAgent } from "./emulator-agent";

/** A request whose body has been read. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** As they were sent, in order and spelling: signatures cover them. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

const largest = 1_000_000;

/** Reads a request that is small by nature; undefined where this one is not. */
export async function receive(incoming: IncomingMessage): Promise<Received | undefined> {
  const { method = "", url = "", headers, rawHeaders } = incoming;
  const body = await read(incoming, largest);
  return body && { method, url, headers, rawHeaders, body };
}

async function read(stream: IncomingMessage, limit = Number.POSITIVE_INFINITY) {
  const chunks: Buffer[] = [];
  let size = 0;
  // Left as it is where the limit is passed: destroyed, it could not be answered any more.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The same request to the emulator, unchanged; its body is for the caller to send. */
const toEmulator = (
  agent: EmulatorAgent,
  { method, url: path, rawHeaders }: Pick<IncomingMessage, "method" | "url"> & Pick<Received, "rawHeaders">,
) => request({ agent, method, path, headers: without(aboutConnection, rawHeaders) });

/** Headers that are about one connection, and not about what it carries. */
const aboutConnection = /^(connection|keep-alive)$/i;
/** And those that say which pages may read an answer, which is for the front door to decide. */
const notFromEmulator = /^(connection|keep-alive|access-control-.*)$/i;

const without = (names: RegExp, rawHeaders: readonly string[]): string[] =>
  // Names and values in turn.
  rawHeaders.filter((_, index) => !names.test(rawHeaders[index - (index % 2)] ?? ""));

/** Asks the emulator for a page of its own. */
export async function ask(emulator: EmulatorAgent, url: string): Promise<Answer> {
  return exchange(emulator, {
    method: "GET",
    url,
    headers: {},
    rawHeaders: ["host", "localhost"],
    body: Buffer.alloc(0),
  });
}

/** Puts a request to the emulator, and reads the whole answer. */
export function exchange(emulator: EmulatorAgent, received: Received): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const forwarded = toEmulator(emulator, received);
    forwarded.on("error", reject);
    forwarded.on("response", (response) => {
      const { statusCode: status = 502, headers } = response;
      const rawHeaders = without(notFromEmulator, response.rawHeaders);
      read(response).then((body = Buffer.alloc(0)) => resolve({ status, headers, rawHeaders, body }), reject);
    });
    forwarded.end(received.body);
  });
}

/** Passes a request through to the emulator and its answer back, as they come and unchanged. */
export function passThrough(
  emulator: EmulatorAgent,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const forwarded = toEmulator(emulator, incoming);
    forwarded.on("error", reject);
    forwarded.on("response", (response) => {
      outgoing.writeHead(response.statusCode ?? 502, without(notFromEmulator, response.rawHeaders));
      response.pipe(outgoing);
      response.on("error", reject);
    });
    // Done, or given up by the client: either way there is nobody left to answer.
    outgoing.on("close", () => {
      resolve();
      forwarded.destroy();
    });
    incoming.pipe(forwarded);
  });
}

/**
 * What must not get through: the emulator's own switches, which ask for no credentials, and its
 * hosted sign-in, which knows none of our users. However the path is spelled.
 */
export function isClosed(incoming: IncomingMessage): boolean {
  const path = normalized(incoming.url ?? "");
  if (path.includes("/_ministack/")) return !["GET", "HEAD"].includes(incoming.method ?? "");
  return !incoming.headers.authorization && /^\/(oauth2|login|logout|saml2)(\/|$)/.test(path);
}

function normalized(url: string): string {
  const path = url.split(/[?#]/)[0] ?? "";
  try {
    return decodeURIComponent(path)
      .replace(/[\\/]+/g, "/")
      .toLowerCase();
  } catch {
    return path.toLowerCase();
  }
}
