import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";
import { sign } from "aws4";

/** How long a call to another service may take, in milliseconds: Cognito waits 5 s for all that a trigger does. */
const DEADLINE = 1500;

export interface SignedPost {
  /** The service's name in signatures. */
  readonly service: string;
  /**
   * The service's name in its address.
   * @default `service`
   */
  readonly host?: string;
  /** @default "/" */
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /**
   * How long the call may take, in milliseconds. Set it for a trigger that makes several calls.
   * @default 1500
   */
  readonly deadline?: number;
}

export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

// A connection is used again: a new one costs two journeys and a handshake. The global fetch would do that too, but
// takes ten times as long to load.
const AGENTS = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };

/**
 * Posts to an AWS service, signed as the function's own role, within the deadline. It is repeated only if a connection
 * that was kept had ended: for another reason a second try would not fit into Cognito's 5 s, and Cognito itself tries
 * three times.
 * @throws TimeoutError, or the error of the connection
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export async function signedPost(call: SignedPost): Promise<Answer> {
  const signal = AbortSignal.timeout(call.deadline ?? DEADLINE);
  try {
    return await postOnLiveConnection(call, signal);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

/** A connection that was used before had ended when the request was sent. */
class ClosedMeanwhile extends Error {}

/** Lambda freezes a function between two events, and meanwhile a service may close connections that are kept. */
async function postOnLiveConnection(call: SignedPost, signal: AbortSignal): Promise<Answer> {
  try {
    return await post(call, signal);
  } catch (error) {
    // The ended one is kept no longer, so this comes to a live one or to a new one.
    if (error instanceof ClosedMeanwhile) return postOnLiveConnection(call, signal);
    throw error;
  }
}

async function post(call: SignedPost, signal: AbortSignal): Promise<Answer> {
  const { service, host = service, path = "/", headers, body } = call;
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL } = process.env;
  const url = new URL(path, AWS_ENDPOINT_URL ?? `https://${host}.${AWS_REGION}.amazonaws.com`);
  const signed = sign(
    { host: url.host, path: url.pathname, method: "POST", headers: { ...headers }, body, service, region: AWS_REGION },
    {
      accessKeyId: AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "",
      sessionToken: AWS_SESSION_TOKEN,
    },
  );
  const isPlain = url.protocol === "http:";
  const options = { method: "POST", headers: signed.headers as Record<string, string>, signal };
  const request = isPlain
    ? httpRequest(url, { ...options, agent: AGENTS.http })
    : httpsRequest(url, { ...options, agent: AGENTS.https });
  const response = await answerTo(request, body);
  return {
    status: response.statusCode ?? 0,
    header: (name) => response.headers[name]?.toString(),
    body: await text(response),
  };
}

function answerTo(request: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on("response", resolve);
    request.on("error", (error: NodeJS.ErrnoException) => {
      const isOld = request.reusedSocket && ["ECONNRESET", "EPIPE"].includes(error.code ?? "");
      reject(isOld ? new ClosedMeanwhile() : error);
    });
    request.end(body);
  });
}
