/** An error for the caller, with the name and the text that AWS uses. */
export class CognitoException extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Makes an exception of the Cognito API. Any handler may throw it.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html
 */
export const exception = (name: string, message: string) => new CognitoException(name, message);

export const isException = (error: unknown, name?: string): error is CognitoException =>
  error instanceof CognitoException && (name === undefined || error.name === name);

export const invalidParameter = (message: string) => exception("InvalidParameterException", message);
export const notAuthorized = (message: string) => exception("NotAuthorizedException", message);
export const userNotFound = () => exception("UserNotFoundException", "User does not exist.");
export const wrongPassword = () => notAuthorized("Incorrect username or password.");

/** For everything that AWS has and this local cloud has not: an error is better than a guess. */
export const notServed = (what: string) =>
  exception("NotImplementedException", `This local cloud does not serve ${what}.`);

/** For a member of a request that breaks Cognito's service model, in the words of AWS's validation. */
export const constraint = (member: string, rule: string) =>
  invalidParameter(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
