import { randomBytes } from "node:crypto";
import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext } from "../context";
import { notAuthorized } from "../exceptions";
import { lifetimes } from "../pools/app-client";
import { hashed } from "../storage/hashed";
import { key } from "../storage/store";

/** A challenge that has no response yet. */
interface OpenChallenge<T> {
  readonly challenge: ChallengeNameType;
  readonly pool: string;
  readonly client: string;
  readonly until: number;
  /** What is needed to check the response. */
  readonly state: T;
}

/**
 * Stores a challenge.
 * @returns the session that the client sends with its response: opaque, in base64
 */
export async function openChallenge<T>(
  context: ClientContext,
  challenge: ChallengeNameType,
  state: T,
): Promise<string> {
  const session = randomBytes(64).toString("base64");
  const open: OpenChallenge<T> = {
    challenge,
    pool: context.poolId,
    client: context.clientId,
    until: Date.now() + lifetimes(context.client).challenge * 1000,
    state,
  };
  await context.store.commit([[key("challenge", hashed(session)), open]]);
  return session;
}

/** Gives back the state of a challenge and deletes the challenge: each one takes one response. */
export function closeChallenge<T>(context: ClientContext, challenge: ChallengeNameType, session: string): Promise<T> {
  const name = key("challenge", hashed(session));
  return context.store.locked([name], async () => {
    const open = context.store.get<OpenChallenge<T>>(name);
    if (open?.challenge !== challenge || open.pool !== context.poolId || open.client !== context.clientId)
      throw notAuthorized("Invalid session for the user.");
    await context.store.commit([[name, undefined]]);
    if (open.until < Date.now()) throw notAuthorized("Invalid session for the user, session is expired.");
    return open.state;
  });
}
