import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { hidesUsers } from "./client";
import { codeMismatch, countingMismatches, sendCode, useCode } from "./codes";
import { invalidParameter, notAuthorized, userNotFound, wrongPassword } from "./errors";
import type { Checked } from "./input";
import { migrate } from "./migration";
import { checkPassword } from "./pool";
import { confirmed } from "./post-confirmation";
import { makeVerifier, passwordMatches } from "./srp";
import { withMetadata } from "./triggers";
import { simulatedDelivery } from "./unknown-users";
import { changeUser, type Named, type Subject } from "./users";

export async function forgotPassword(
  { at, user: known }: Named,
  { Username, ClientMetadata }: Checked<Cognito.ForgotPasswordRequest>,
): Promise<Cognito.ForgotPasswordResponse> {
  const ways = at.pool.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (ways.length && ways.every(({ Name }) => Name === "admin_only"))
    throw notAuthorized("Contact administrator to reset password.");
  const arrival = { source: "UserMigration_ForgotPassword", request: withMetadata(ClientMetadata) } as const;
  const user = known ?? (await migrate(at, Username, arrival));
  const byEmail = !ways.length || ways.some(({ Name }) => Name === "verified_email");
  const reachable = byEmail && user?.attributes.email_verified === "true";
  if (!(user?.enabled && reachable) && hidesUsers(at.client))
    return { CodeDeliveryDetails: await simulatedDelivery(at, Username) };
  if (!user) throw userNotFound();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (!reachable) throw nowhereToSend();
  if (user.status === "FORCE_CHANGE_PASSWORD") throw notInThisState();
  return { CodeDeliveryDetails: await sendCode(at, user, "password", user.attributes.email ?? "") };
}

const notInThisState = () => notAuthorized("User password cannot be reset in the current state.");
const nowhereToSend = () =>
  invalidParameter("Cannot reset password for the user as there is no registered/verified email or phone_number");

export async function confirmForgotPassword(
  { at, user }: Named,
  { Username, ConfirmationCode, Password, ClientMetadata }: Checked<Cognito.ConfirmForgotPasswordRequest>,
): Promise<void> {
  checkPassword(at.pool, Password);
  if (!user && !hidesUsers(at.client)) throw userNotFound();
  const after = await countingMismatches(at, user?.username ?? Username, "password", async () => {
    if (!user?.enabled) throw codeMismatch();
    const password = makeVerifier(at.poolId, user.username, Password);
    return changeUser(at, user, (fresh) => ({
      codes: useCode(fresh, "password", ConfirmationCode),
      status: "CONFIRMED",
      password,
    }));
  });
  await confirmed(at, after, "PostConfirmation_ConfirmForgotPassword", ClientMetadata);
}

export async function changePassword(
  { at, user }: Subject,
  { PreviousPassword = "", ProposedPassword }: Checked<Cognito.ChangePasswordRequest>,
): Promise<void> {
  if (!user.password || !passwordMatches(at.poolId, user.username, PreviousPassword, user.password))
    throw wrongPassword();
  checkPassword(at.pool, ProposedPassword);
  const password = makeVerifier(at.poolId, user.username, ProposedPassword);
  await changeUser(at, user, (fresh) => {
    if (fresh.password?.verifier !== user.password?.verifier) throw wrongPassword();
    return { password };
  });
}

/** When a temporary password set now stops to work. */
export const temporaryUntil = (pool: Cognito.UserPoolType) =>
  Date.now() + (pool.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ?? 7) * 86_400_000;

export async function adminSetUserPassword(
  { at, user }: Subject,
  { Password, Permanent }: Checked<Cognito.AdminSetUserPasswordRequest>,
): Promise<void> {
  checkPassword(at.pool, Password);
  const password = makeVerifier(at.poolId, user.username, Password);
  await changeUser(at, user, () =>
    Permanent
      ? { password, status: "CONFIRMED", temporaryUntil: undefined }
      : { password, status: "FORCE_CHANGE_PASSWORD", temporaryUntil: temporaryUntil(at.pool) },
  );
}

export async function adminResetUserPassword({ at, user }: Subject): Promise<void> {
  if (user.status === "FORCE_CHANGE_PASSWORD" || user.status === "UNCONFIRMED") throw notInThisState();
  const { email, email_verified: verified } = user.attributes;
  if (!email || verified !== "true") throw nowhereToSend();
  await sendCode(at, user, "password", email, () => ({ status: "RESET_REQUIRED" }));
}
