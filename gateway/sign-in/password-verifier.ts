import type { ClientContext } from "../context";
import { invalidParameter } from "../exceptions";
import { verifierFor } from "../users/unknown-users";
import type { User } from "../users/user";
import { openChallenge } from "./challenge-sessions";
import type { CustomAuthState } from "./custom-auth-state";
import { parameter, type SignInNames, type SignInRequest, type SignInResult } from "./sign-in-request";
import { isPublicKey, serverKeys } from "./srp";

/** The state of the challenge PASSWORD_VERIFIER. */
export interface PasswordVerifierState extends SignInNames {
  /** Absent where there is no such user or password. Then the response is always wrong. */
  readonly existingUsername?: string;
  readonly A: string;
  readonly b: string;
  readonly verifier: string;
  /** The custom authentication that this challenge is a step of. */
  readonly customAuth?: CustomAuthState;
}

/** The client's public SRP key. */
export function publicKey(parameters: SignInRequest["parameters"]): string {
  const A = parameter(parameters, "SRP_A");
  if (!isPublicKey(A)) throw invalidParameter("SRP_A is not a valid public key.");
  return A;
}

/** Opens the challenge PASSWORD_VERIFIER, also for a user who does not exist. */
export async function askForPassword(
  context: ClientContext,
  A: string,
  typed: string,
  user?: User,
  customAuth?: CustomAuthState,
): Promise<SignInResult> {
  const { username, verifier } = await verifierFor(context, typed, user);
  const { b, B } = serverKeys(verifier.verifier);
  const state: PasswordVerifierState = {
    typed,
    username,
    existingUsername: user?.password && user.username,
    A,
    b,
    verifier: verifier.verifier,
    customAuth,
  };
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      SALT: verifier.salt,
      SECRET_BLOCK: await openChallenge(context, "PASSWORD_VERIFIER", state),
      SRP_B: B,
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}
