/** An error that the caller is meant to see, with the exception name and the text that AWS uses. */
export class Refusal extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Makes an exception of the Cognito API; throw it from any handler.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html
 */
export const refusal = (name: string, message: string) => new Refusal(name, message);

export const isRefusal = (error: unknown, name?: string): error is Refusal =>
  error instanceof Refusal && (name === undefined || error.name === name);

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
