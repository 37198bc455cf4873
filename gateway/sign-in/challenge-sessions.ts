import { randomBytes } from "node:crypto";
import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext, GatewayContext } from "../context";
import { notAuthorized } from "../exceptions";
import { lifetimes } from "../pools/app-client";
import { hashed } from "../storage/hashed";
import { key } from "../storage/store";

/**
 * What a session is good for: the response to a challenge, or one of the further steps of MFA_SETUP, of which the first
 * shows the secret of the user's app, the second takes a code of the app, and the third ends the challenge.
 */
type Step = ChallengeNameType | "MFA_SETUP_CODE" | "MFA_SETUP_END";

/** A challenge that has no response yet. */
interface OpenChallenge<T> {
  readonly challenge: Step;
  readonly pool: string;
  readonly client: string;
  readonly until: number;
  /** What is needed to check the response. */
  readonly state: T;
}

const keyOf = (session: string) => key("challenge", hashed(session));

/**
 * Stores a challenge.
 * @returns the session that the client sends with its response: opaque, in base64
 */
export async function openChallenge<T>(context: ClientContext, challenge: Step, state: T): Promise<string> {
  const session = randomBytes(64).toString("base64");
  const open: OpenChallenge<T> = {
    challenge,
    pool: context.poolId,
    client: context.clientId,
    until: Date.now() + lifetimes(context.client).challenge * 1000,
    state,
  };
  await context.store.commit([[keyOf(session), open]]);
  return session;
}

/** Gives back the state of a challenge and deletes the challenge: each one takes one response. */
export function closeChallenge<T>(context: ClientContext, challenge: Step, session: string): Promise<T> {
  const name = keyOf(session);
  return context.store.locked([name], async () => {
    const open = openAs<T>(context, challenge, name);
    await context.store.commit([[name, undefined]]);
    requireYoung(open);
    return open.state;
  });
}

/** Deletes a challenge once `check` accepts the response. One that is wrong leaves it open, so that people can try again. */
export function answerChallenge<T, R>(
  context: ClientContext,
  challenge: Step,
  session: string,
  check: (state: T) => Promise<R>,
): Promise<R> {
  const name = keyOf(session);
  return context.store.locked([name], async () => {
    const open = openAs<T>(context, challenge, name);
    requireYoung(open);
    const result = await check(open.state);
    await context.store.commit([[name, undefined]]);
    return result;
  });
}

/** The pool and app client of an open challenge, for requests that name neither. */
export function ownerOfChallenge({ store }: GatewayContext, session: string): { pool: string; client: string } {
  const open = store.get<OpenChallenge<unknown>>(keyOf(session));
  if (!open) throw invalidSession();
  return open;
}

function openAs<T>(context: ClientContext, challenge: Step, name: string): OpenChallenge<T> {
  const open = context.store.get<OpenChallenge<T>>(name);
  if (open?.challenge !== challenge || open.pool !== context.poolId || open.client !== context.clientId)
    throw invalidSession();
  return open;
}

function requireYoung({ until }: { readonly until: number }): void {
  if (until < Date.now()) throw notAuthorized("Invalid session for the user, session is expired.");
}

export const invalidSession = () => notAuthorized("Invalid session for the user.");
