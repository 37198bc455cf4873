import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext, PoolContext } from "../context";
import { wrongPassword } from "../exceptions";
import { checkPassword, temporaryPasswordExpiry } from "../pools/password-policy";
import { makeVerifier, passwordMatches } from "../sign-in/srp";
import type { User } from "../users/user";
import { changeUser } from "../users/user-store";
import type { Checked } from "./request";

export async function changePassword(
  context: ClientContext,
  user: User,
  { PreviousPassword = "", ProposedPassword }: Checked<Cognito.ChangePasswordRequest>,
): Promise<void> {
  if (!user.password || !passwordMatches(context.poolId, user.username, PreviousPassword, user.password))
    throw wrongPassword();
  checkPassword(context.pool, ProposedPassword);
  const password = makeVerifier(context.poolId, user.username, ProposedPassword);
  await changeUser(context, user, (fresh) => {
    // The password may have changed while this request was served.
    if (fresh.password?.verifier !== user.password?.verifier) throw wrongPassword();
    return { password };
  });
}

export async function adminSetUserPassword(
  context: PoolContext,
  user: User,
  { Password, Permanent }: Checked<Cognito.AdminSetUserPasswordRequest>,
): Promise<void> {
  checkPassword(context.pool, Password);
  const password = makeVerifier(context.poolId, user.username, Password);
  await changeUser(context, user, () =>
    Permanent
      ? { password, status: "CONFIRMED", temporaryUntil: undefined }
      : { password, status: "FORCE_CHANGE_PASSWORD", temporaryUntil: temporaryPasswordExpiry(context.pool) },
  );
}
