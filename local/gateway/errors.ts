/** An error that the caller is meant to see, with the exception name and the text that AWS uses. */
export interface Refusal extends Error {
  readonly refused: true;
}

/**
 * Makes the exception `type` of the Cognito API; throw it from any handler.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html
 */
export function refusal(type: string, message: string): Refusal {
  return Object.assign(new Error(message), { name: type, refused: true as const });
}

export function isRefusal(error: unknown, type?: string): error is Refusal {
  if (!(error instanceof Error) || !("refused" in error)) return false;
  return type === undefined || error.name === type;
}

export const invalidParameter = (message: string) => refusal("InvalidParameterException", message);
export const notAuthorized = (message: string) => refusal("NotAuthorizedException", message);
export const userNotFound = () => refusal("UserNotFoundException", "User does not exist.");
export const wrongPassword = () => notAuthorized("Incorrect username or password.");

/** Said instead of a guess wherever this local cloud lacks what AWS has. */
export const notServed = (what: string) =>
  refusal("NotImplementedException", `This local cloud does not serve ${what}.`);

/** A member that breaks the service model, in the words of AWS's own validation. */
export const constraint = (member: string, rule: string) =>
  invalidParameter(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
