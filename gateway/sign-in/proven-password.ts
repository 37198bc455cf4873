import type { User } from "../users/user";
import { invalidSession } from "./challenge-sessions";

/** Who has proven which password, in the state of a challenge that follows the password. */
export interface ProvenPassword {
  readonly username: string;
  readonly sub: string;
  readonly verifier?: string;
}

export const provenPassword = ({ username, sub, password }: User): ProvenPassword => ({
  username,
  sub,
  verifier: password?.verifier,
});

/** The user of a challenge, if it is the one that the request names. Once the password has changed, the sign-in is over. */
export function requireSame({ sub, verifier }: ProvenPassword, user: User | undefined): User {
  if (user?.sub !== sub || user.password?.verifier !== verifier) throw invalidSession();
  return user;
}
