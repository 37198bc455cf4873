import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";

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
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The same request to the emulator, unchanged; its body is for the caller to send. */
const toEmulator = (
  emulator: string,
  { method, url, rawHeaders }: Pick<IncomingMessage, "method" | "url"> & Pick<Received, "rawHeaders">,
) => request(new URL(emulator), { method, path: url, headers: rawHeaders as string[], agent: false });

/** Puts a request to the emulator, and reads the whole answer. */
export function exchange(emulator: string, received: Received): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const forwarded = toEmulator(emulator, received);
    forwarded.on("error", reject);
    forwarded.on("response", (response) => {
      const { statusCode: status = 502, headers, rawHeaders } = response;
      read(response).then((body = Buffer.alloc(0)) => resolve({ status, headers, rawHeaders, body }), reject);
    });
    forwarded.end(received.body);
  });
}

/** Passes a request through to the emulator and its answer back, as they come and unchanged. */
export function passThrough(emulator: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const forwarded = toEmulator(emulator, incoming);
    forwarded.on("error", reject);
    forwarded.on("response", (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.rawHeaders);
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
