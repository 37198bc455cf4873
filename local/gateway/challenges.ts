import { randomBytes } from "node:crypto";
import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import { lifetimes } from "./client";
import type { AtClient } from "./context";
import { notAuthorized } from "./errors";
import { key } from "./store";
import { hashed } from "./tokens";

/** A sign-in that waits for its next answer; `T` is what that answer is judged by. */
interface Waiting<T> {
  readonly challenge: ChallengeNameType;
  readonly pool: string;
  readonly client: string;
  readonly until: number;
  readonly state: T;
}

/** Keeps the state of a sign-in, and gives back what the client has to bring: base64, opaque. */
export async function ask<T>(at: AtClient, challenge: ChallengeNameType, state: T): Promise<string> {
  const session = randomBytes(64).toString("base64");
  const waiting: Waiting<T> = {
    challenge,
    pool: at.poolId,
    client: at.clientId,
    until: Date.now() + lifetimes(at.client).challenge * 1000,
    state,
  };
  await at.store.commit([[key("challenge", hashed(session)), waiting]]);
  return session;
}

/** The state behind a session, once: whoever comes second finds nothing. */
export function answered<T>(at: AtClient, challenge: ChallengeNameType, session: string): Promise<T> {
  const name = key("challenge", hashed(session));
  return at.store.locked([name], async () => {
    const waiting = at.store.get<Waiting<T>>(name);
    if (waiting?.challenge !== challenge || waiting.pool !== at.poolId || waiting.client !== at.clientId)
      throw notAuthorized("Invalid session for the user.");
    await at.store.commit([[name, undefined]]);
    if (waiting.until < Date.now()) throw notAuthorized("Invalid session for the user, session is expired.");
    return waiting.state;
  });
}
