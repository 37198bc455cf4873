import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { hidesUsers } from "./client";
import { codeMismatch, countingMismatches, sendCodes, useCode } from "./codes";
import { contacts, recoveryWays, toRecover } from "./destinations";
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
  { Username, ClientMetadata: metadata }: Checked<Cognito.ForgotPasswordRequest>,
): Promise<Cognito.ForgotPasswordResponse> {
  const ways = recoveryWays(at.pool);
  if (!ways.length) throw notAuthorized("Contact administrator to reset password.");
  const arrival = { source: "UserMigration_ForgotPassword", request: withMetadata(metadata) } as const;
  const user = known ?? (await migrate(at, Username, arrival));
  const to = user && toRecover(ways, user.attributes);
  if (!(user?.enabled && to) && hidesUsers(at.client))
    return { CodeDeliveryDetails: await simulatedDelivery(at, Username, ways) };
  if (!user) throw userNotFound();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (!to) throw nowhereToSend();
  if (user.status === "FORCE_CHANGE_PASSWORD") throw notInThisState();
  const [CodeDeliveryDetails] = await sendCodes(at, user, { kind: "ForgotPassword", to: [to], metadata });
  return { CodeDeliveryDetails };
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
      codes: useCode(fresh, "password", ConfirmationCode).codes,
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

export async function adminResetUserPassword(
  { at, user }: Subject,
  { ClientMetadata: metadata }: Cognito.AdminResetUserPasswordRequest,
): Promise<void> {
  if (user.status === "FORCE_CHANGE_PASSWORD" || user.status === "UNCONFIRMED") throw notInThisState();
  const ways = recoveryWays(at.pool);
  // Where only administrators may start a reset, they may.
  const to = toRecover(ways.length ? ways : contacts, user.attributes);
  if (!to) throw nowhereToSend();
  const errand = { kind: "ForgotPassword", to: [to], metadata } as const;
  await sendCodes(at, user, errand, () => ({ status: "RESET_REQUIRED" }));
}
