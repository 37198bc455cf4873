import type {
  AdminResetUserPasswordRequest,
  AdminSetUserPasswordRequest,
  ChangePasswordRequest,
  ConfirmForgotPasswordRequest,
  ForgotPasswordRequest,
  ForgotPasswordResponse,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { hidesUsers } from "./client";
import { codeMismatch, countingMismatches, deliveryTo, newCode, useCode } from "./codes";
import type { Context, InPool } from "./context";
import { invalidParameter, notAuthorized, userNotFound, wrongPassword } from "./errors";
import { mail } from "./mail";
import { checkPassword } from "./pool";
import { bearer } from "./sessions";
import { simulatedDelivery } from "./simulated";
import { makeVerifier, passwordMatches } from "./srp";
import { changeUser, chosen, named, type User } from "./users";

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html */
export async function forgotPassword(
  context: Context,
  input: ForgotPasswordRequest,
): Promise<ForgotPasswordResponse> {
  const { Username = "" } = input;
  const { at, user } = await named(context, input);
  const ways = at.pool.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (ways.length && ways.every(({ Name }) => Name === "admin_only"))
    throw notAuthorized("Contact administrator to reset password.");
  const byEmail = !ways.length || ways.some(({ Name }) => Name === "verified_email");
  const reachable = byEmail && user?.attributes.email_verified === "true";
  if (!(user?.enabled && reachable) && hidesUsers(at.client))
    return { CodeDeliveryDetails: await simulatedDelivery(at, Username) };
  if (!user) throw userNotFound();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (!reachable) throw nowhereToSend();
  if (user.status === "FORCE_CHANGE_PASSWORD")
    throw notAuthorized("User password cannot be reset in the current state.");
  return { CodeDeliveryDetails: await sendPasswordCode(at, user, {}) };
}

const nowhereToSend = () =>
  invalidParameter(
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
  );

async function sendPasswordCode(at: InPool, user: User, change: Partial<User>) {
  const { email = "" } = user.attributes;
  const { digits, code } = newCode(user.sub, "password");
  await changeUser(at, user, ({ codes }) => ({
    ...change,
    codes: { ...codes, password: code },
  }));
  await mail(at, "code", email, digits, user.username);
  return deliveryTo(email);
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html */
export async function confirmForgotPassword(context: Context, input: ConfirmForgotPasswordRequest) {
  const { Username = "", ConfirmationCode = "", Password = "" } = input;
  const { at, user } = await named(context, input);
  checkPassword(at.pool, Password);
  if (!user && !hidesUsers(at.client)) throw userNotFound();
  await countingMismatches(at, user?.username ?? Username, "password", async () => {
    if (!user?.enabled) throw codeMismatch();
    const password = makeVerifier(at.poolId, user.username, Password);
    await changeUser(at, user, (fresh) => ({
      codes: useCode(fresh, "password", ConfirmationCode),
      status: "CONFIRMED",
      password,
    }));
  });
  return {};
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html */
export async function changePassword(context: Context, input: ChangePasswordRequest) {
  const { AccessToken = "", PreviousPassword = "", ProposedPassword = "" } = input;
  const { at, user } = await bearer(context, AccessToken);
  if (!user.password || !passwordMatches(at.poolId, user.username, PreviousPassword, user.password))
    throw wrongPassword();
  checkPassword(at.pool, ProposedPassword);
  const password = makeVerifier(at.poolId, user.username, ProposedPassword);
  await changeUser(at, user, (fresh) => {
    if (fresh.password?.verifier !== user.password?.verifier) throw wrongPassword();
    return { password };
  });
  return {};
}

/** When a temporary password set now stops to work. */
export const temporaryUntil = (pool: UserPoolType) =>
  Date.now() + (pool.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ?? 7) * 86_400_000;

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html */
export async function adminSetUserPassword(context: Context, input: AdminSetUserPasswordRequest) {
  const { at, user } = await chosen(context, input);
  checkPassword(at.pool, input.Password ?? "");
  const password = makeVerifier(at.poolId, user.username, input.Password ?? "");
  await changeUser(at, user, () =>
    input.Permanent
      ? { password, status: "CONFIRMED", temporaryUntil: undefined }
      : { password, status: "FORCE_CHANGE_PASSWORD", temporaryUntil: temporaryUntil(at.pool) },
  );
  return {};
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html */
export async function adminResetUserPassword(
  context: Context,
  input: AdminResetUserPasswordRequest,
) {
  const { at, user } = await chosen(context, input);
  if (user.status === "FORCE_CHANGE_PASSWORD" || user.status === "UNCONFIRMED")
    throw notAuthorized("User password cannot be reset in the current state.");
  if (user.attributes.email_verified !== "true") throw nowhereToSend();
  await sendPasswordCode(at, user, { status: "RESET_REQUIRED" });
  return {};
}
