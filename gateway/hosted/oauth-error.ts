import { isException } from "../exceptions";

/** Where the person goes back to, and what the app client recognizes its request by. */
export interface Callback {
  readonly redirectUri: string;
  readonly state?: string;
}

interface Options {
  /** @default 400 */
  readonly status?: number;
  /** With it, the error is in the query of the callback. Without it, it is the answer. */
  readonly callback?: Callback;
  /** The `WWW-Authenticate` header. */
  readonly challenge?: string;
}

/** An error of a hosted endpoint, by its OAuth name. Any endpoint may throw it. */
export class OAuthError extends Error {
  readonly status: number;
  readonly callback?: Callback;
  readonly challenge?: string;

  constructor(
    readonly error: string,
    message: string,
    { status = 400, callback, challenge }: Options = {},
  ) {
    super(message);
    this.status = status;
    this.callback = callback;
    this.challenge = challenge;
  }
}

export const invalidRequest = (message: string, options?: Options) =>
  new OAuthError("invalid_request", message, options);
export const invalidGrant = (message: string) => new OAuthError("invalid_grant", message);

/** For what Cognito serves and this local cloud does not. */
export const notImplemented = (what: string) =>
  new OAuthError("NotImplementedException", `This local cloud does not serve ${what}.`, { status: 501 });

/** Runs `work`. An exception of Cognito's, so the refusal of a trigger too, goes to the callback. */
export async function orToCallback<T>(callback: Callback, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isException(error)) throw invalidRequest(error.message, { callback });
    throw error;
  }
}
