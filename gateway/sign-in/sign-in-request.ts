import type { InitiateAuthResponse } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext } from "../context";
import { invalidParameter } from "../exceptions";
import { checkSecret } from "../pools/app-client";
import { canonical } from "../pools/user-names";
import type { Metadata } from "../triggers/user-event";
import type { User } from "../users/user";
import { findUser } from "../users/user-store";

/** One request of a sign-in: the first one, or the response to a challenge. */
export interface SignInRequest {
  readonly context: ClientContext;
  /** The `AuthParameters` or `ChallengeResponses`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly metadata: Metadata;
}

export interface ChallengeResponse extends SignInRequest {
  readonly session: string | undefined;
}

/** The answer to both: tokens, or the next challenge. */
export type SignInResult = InitiateAuthResponse;

/** The two names of a user in a sign-in: as the person typed it, and as the client got it. */
export interface SignInNames {
  readonly typed: string;
  readonly username: string;
}

export function parameter(parameters: SignInRequest["parameters"], name: string): string {
  const value = parameters[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** Finds the user whom a request names, if there is one, and checks the app client's secret hash. */
export function findSigningIn({ context, parameters }: SignInRequest): { typed: string; user?: User } {
  const typed = parameter(parameters, "USERNAME");
  const user = findUser(context, typed);
  checkSecret(context.client, [typed, user?.username ?? typed], parameters.SECRET_HASH);
  return { typed, user };
}

/** Whether the response to a challenge names the user who got the challenge. */
export const isSameUser = ({ pool }: ClientContext, { typed, username }: SignInNames, name: string) =>
  [typed, username].some((known) => canonical(pool, known) === canonical(pool, name));
