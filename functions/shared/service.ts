import { SETTINGS_VARIABLE } from "./settings-object";
import type { SignedPost } from "./signed-post";

/** The options of a call. */
export type CallOptions = Pick<SignedPost, "deadline">;

// The AWS SDK would be a hundred times the size of a handler that makes one call, and slow every cold start.

/** What makes a call costs as much to load as all else of a function, and most functions that can call never do. */
const loadPost = () => require("./signed-post") as typeof import("./signed-post");

// Lambda gives a function a whole CPU to initialise, and then a share of one. So it is loaded now where the settings name
// what is called about.
const NAMES_A_SERVICE = /"(blockListTable|legacyTable|table|group|keyArn)":/;
if (NAMES_A_SERVICE.test(process.env[SETTINGS_VARIABLE] ?? "")) loadPost();

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
  const { signedPost } = loadPost();
  const { status, body } = await signedPost({
    service,
    headers: { "content-type": `application/x-amz-json-${PROTOCOLS[service]}`, "x-amz-target": target },
    body: JSON.stringify(input),
    deadline,
  });
  const answer = parsed(body);
  // An error's message would quote the answer.
  if (answer === undefined) throw new ServiceError(target, `Unreadable${status}`);
  if (status === 200) return answer as Answer;
  const code = String((answer as { __type?: string }).__type ?? status).replace(/^.*#/, "");
  throw new ServiceError(target, code, answer);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
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

/**
 * A service works, but does not take this person's address or number. A client chose it, so it is no outage, and another
 * try would find the same.
 */
export class AddressRefused extends ServiceError {}

/** The parts of a failed call that may go to a log: the operation, and the service's error code. */
export function causeForLog(error: unknown): { cause: string; message: string } {
  const { name, message } = error as Error;
  return { cause: name, message };
}
