import { AwsClient } from "aws4fetch";

/** How long a call to another service may take, in milliseconds: Cognito waits 5 s for all that a trigger does. */
const DEADLINE = 1500;

// The AWS SDK would be a hundred times the size of a handler that makes one call, and slow every cold start.

/** The services that triggers call, each with the version of AWS's JSON protocol that it speaks. */
const PROTOCOLS = { dynamodb: "1.0", "cognito-idp": "1.1" };

/**
 * Calls an AWS service as the function's own role: once, within the deadline.
 * @param target the operation, as `DynamoDB_20120810.BatchGetItem`
 * @throws Error with the service's code for its name, or a TimeoutError
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
export async function callService<Answer>(
  service: keyof typeof PROTOCOLS,
  target: string,
  input: object,
): Promise<Answer> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, ...variables } = process.env;
  const client = new AwsClient({
    accessKeyId: AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: AWS_SESSION_TOKEN,
    region: AWS_REGION,
    service,
    // A second try would not fit into Cognito's 5 s, and Cognito itself tries three times.
    retries: 0,
  });
  const local = variables[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? variables.AWS_ENDPOINT_URL;
  const response = await client.fetch(local ?? `https://${service}.${AWS_REGION}.amazonaws.com`, {
    method: "POST",
    headers: { "content-type": `application/x-amz-json-${PROTOCOLS[service]}`, "x-amz-target": target },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(DEADLINE),
  });
  const answer = await response.json();
  if (response.ok) return answer as Answer;
  const code = String((answer as { __type?: string }).__type ?? response.status).replace(/^.*#/, "");
  throw Object.assign(new Error(`${target} failed`), { name: code });
}
