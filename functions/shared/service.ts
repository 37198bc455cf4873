/** How long a call to another service may take, in milliseconds: Cognito waits 5 s for all that a trigger does. */
const DEADLINE = 1500;

const clients = new Map<object, unknown>();

/**
 * Calls an AWS service once, within the deadline. Its client is made at the first call and kept.
 * @throws the service's error, or an AbortError when it took too long
 */
export function withDeadline<Client, Result>(
  Service: new (configuration: { maxAttempts: number }) => Client,
  call: (client: Client, options: { abortSignal: AbortSignal }) => Promise<Result>,
): Promise<Result> {
  // A second try would not fit into Cognito's 5 s, and Cognito itself tries three times.
  if (!clients.has(Service)) clients.set(Service, new Service({ maxAttempts: 1 }));
  return call(clients.get(Service) as Client, { abortSignal: AbortSignal.timeout(DEADLINE) });
}
