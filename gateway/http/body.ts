import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** A request whose body has been read. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The headers in the order and spelling of the sender: a signature covers them. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

const largestRequest = 1_000_000;

/** Reads a request of the Cognito API; undefined where it is larger than they are. */
export async function receive(incoming: IncomingMessage): Promise<ReceivedRequest | undefined> {
  const { method = "", url = "", headers, rawHeaders } = incoming;
  if (Number(headers["content-length"] ?? 0) > largestRequest) return undefined;
  const body = await readBody(incoming, largestRequest);
  return body && { method, url, headers, rawHeaders, body };
}

/** Reads a body; undefined where it is longer than `limit` bytes. */
export async function readBody(stream: IncomingMessage, limit = Number.POSITIVE_INFINITY): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The stream stays open when the limit is passed: a destroyed request could not be answered.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
