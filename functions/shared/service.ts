import { AwsClient } from "aws4fetch";

/** How long a call to another service may take, in milliseconds: Cognito waits 5 s for all that a trigger does. */
const DEADLINE = 1500;

/** The options of a call. */
export interface CallOptions {
  /**
   * How long the call may take, in milliseconds. Set it for a trigger that makes several calls.
   * @default 1500
   */
  readonly deadline?: number;
}

// The AWS SDK would be a hundred times the size of a handler that makes one call, and slow every cold start.

/** The services that speak AWS's JSON protocol, each with the version of it. */
const PROTOCOLS = { dynamodb: "1.0", "cognito-idp": "1.1", kms: "1.1", ssm: "1.1" };

/**
 * Calls an AWS service as the function's own role: once, within the deadline.
 * @param target the operation, as `DynamoDB_20120810.BatchGetItem`
 * @throws ServiceError with the service's code for its name, or a TimeoutError
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
export async function callService<Answer>(
  service: keyof typeof PROTOCOLS,
  target: string,
  input: object,
  { deadline }: CallOptions = {},
): Promise<Answer> {
  const response = await signedFetch(service, "/", {
    headers: { "content-type": `application/x-amz-json-${PROTOCOLS[service]}`, "x-amz-target": target },
    body: JSON.stringify(input),
    deadline,
  });
  const answer = await response.json().catch((error) => {
    // The error's message would quote the answer.
    throw error.name === "SyntaxError" ? new ServiceError(target, `Unreadable${response.status}`) : error;
  });
  if (response.ok) return answer as Answer;
  const code = String((answer as { __type?: string }).__type ?? response.status).replace(/^.*#/, "");
  throw new ServiceError(target, code, answer);
}

/** The error that a service answered. Its text may name people, so it never goes to a log. */
export class ServiceError extends Error {
  readonly #answer: unknown;

  constructor(
    operation: string,
    override readonly name: string,
    answer?: unknown,
  ) {
    super(`${operation} failed`);
    this.#answer = answer;
  }

  answer<Answer>(): Answer {
    return this.#answer as Answer;
  }
}

/** The parts of a failed call that may go to a log: the operation, and the service's error code. */
export function causeForLog(error: unknown): { cause: string; message: string } {
  const { name, message } = error as Error;
  return { cause: name, message };
}

/**
 * Posts to an AWS service, signed as the function's own role: once, within the deadline.
 * @param service its name in signatures
 * @param host its name in the address, where that is another
 */
export function signedFetch(
  service: string,
  path: string,
  { headers, body, deadline = DEADLINE }: CallOptions & { headers: Record<string, string>; body: string },
  host = service,
): Promise<Response> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL } = process.env;
  const client = new AwsClient({
    accessKeyId: AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: AWS_SESSION_TOKEN,
    region: AWS_REGION,
    service,
    // A second try would not fit into Cognito's 5 s, and Cognito itself tries three times.
    retries: 0,
  });
  const endpoint = AWS_ENDPOINT_URL ?? `https://${host}.${AWS_REGION}.amazonaws.com`;
  return client.fetch(new URL(path, endpoint), {
    method: "POST",
    headers,
    body,
    signal: AbortSignal.timeout(deadline),
  });
}
