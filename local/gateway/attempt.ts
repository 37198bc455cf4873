import type { InitiateAuthResponse } from "@aws-sdk/client-cognito-identity-provider";
import { checkSecret } from "./client";
import type { AtClient } from "./context";
import { invalidParameter } from "./errors";
import { canonical } from "./pool";
import type { Metadata } from "./triggers";
import { findUser, type User } from "./users";

/** One request of a sign-in: the first, or the answer to a challenge. */
export interface Attempt {
  readonly at: AtClient;
  readonly parameters: Readonly<Record<string, string>>;
  readonly metadata: Metadata;
}

export interface Answer extends Attempt {
  readonly session: string | undefined;
}

/** What either gets: tokens, or what is asked next. */
export type Reply = InitiateAuthResponse;

/** What a user is called in a sign-in: as somebody typed it, and as the client is told. */
export interface Names {
  readonly typed: string;
  readonly identity: string;
}

export function parameter(parameters: Attempt["parameters"], name: string): string {
  const value = parameters[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** The name in a request and who has it, if anybody does, once the client has proven itself. */
export function claimant({ at, parameters }: Attempt): { typed: string; user?: User } {
  const typed = parameter(parameters, "USERNAME");
  const user = findUser(at, typed);
  checkSecret(at.client, [typed, user?.username ?? typed], parameters.SECRET_HASH);
  return { typed, user };
}

/** Whether an answer names the user whose sign-in it is to go on with. */
export const isNamed = ({ pool }: AtClient, { typed, identity }: Names, name: string) =>
  [typed, identity].some((known) => canonical(pool, known) === canonical(pool, name));
