import { type Attempt, type Names, parameter, type Reply } from "./attempt";
import { ask } from "./challenges";
import type { AtClient } from "./context";
import type { Dialogue } from "./custom-auth";
import { invalidParameter } from "./errors";
import { isPublicKey, serverKeys } from "./srp";
import { secretsOf } from "./unknown-users";
import type { User } from "./users";

/** What the answer to PASSWORD_VERIFIER is judged by; `username` is absent for an unknown user. */
export interface SrpState extends Names {
  readonly username?: string;
  readonly A: string;
  readonly b: string;
  readonly verifier: string;
  /** What goes on once the password was right, where it is not all that is asked for. */
  readonly dialogue?: Dialogue;
}

export function publicKey(parameters: Attempt["parameters"]): string {
  const A = parameter(parameters, "SRP_A");
  if (!isPublicKey(A)) throw invalidParameter("SRP_A is not a valid public key.");
  return A;
}

/** Asks for the password of a user, or of nobody, without it ever being sent. */
export async function askForPassword(
  at: AtClient,
  A: string,
  typed: string,
  user?: User,
  dialogue?: Dialogue,
): Promise<Reply> {
  const { username, kept } = await secretsOf(at, typed, user);
  const { b, B } = serverKeys(kept.verifier);
  const state: SrpState = {
    typed,
    identity: username,
    username: user?.password && user.username,
    A,
    b,
    verifier: kept.verifier,
    dialogue,
  };
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      SALT: kept.salt,
      SECRET_BLOCK: await ask(at, "PASSWORD_VERIFIER", state),
      SRP_B: B,
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}
