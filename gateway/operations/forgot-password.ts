import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext, PoolContext } from "../context";
import { invalidParameter, notAuthorized, userNotFound } from "../exceptions";
import { limitCodeAttempts } from "../messages/code-attempts";
import { codeMismatch, sendCodes, useCode } from "../messages/codes";
import { destinationToRecover, recoveryContacts } from "../messages/destinations";
import { hidesUsers } from "../pools/app-client";
import { contacts } from "../pools/contacts";
import { checkPassword } from "../pools/password-policy";
import { makeVerifier } from "../sign-in/srp";
import { runPostConfirmation } from "../triggers/post-confirmation";
import { withMetadata } from "../triggers/user-event";
import { migrateUser } from "../triggers/user-migration";
import { simulatedDelivery } from "../users/unknown-users";
import type { User } from "../users/user";
import { changeUser } from "../users/user-store";
import type { Checked } from "./request";

export async function forgotPassword(
  context: ClientContext,
  existing: User | undefined,
  { Username, ClientMetadata: metadata }: Checked<Cognito.ForgotPasswordRequest>,
): Promise<Cognito.ForgotPasswordResponse> {
  const possible = recoveryContacts(context.pool);
  if (!possible.length) throw notAuthorized("Contact administrator to reset password.");
  const migration = { source: "UserMigration_ForgotPassword", request: withMetadata(metadata) } as const;
  const user = existing ?? (await migrateUser(context, Username, migration));
  const to = user && destinationToRecover(possible, user.attributes);
  if (!(user?.enabled && to) && hidesUsers(context.client))
    return { CodeDeliveryDetails: await simulatedDelivery(context, Username, possible) };
  if (!user) throw userNotFound();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (!to) throw noDestination();
  if (["FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"].includes(user.status)) throw wrongStatus();
  const [CodeDeliveryDetails] = await sendCodes(context, user, { kind: "ForgotPassword", to: [to], metadata });
  return { CodeDeliveryDetails };
}

const wrongStatus = () => notAuthorized("User password cannot be reset in the current state.");
const noDestination = () =>
  invalidParameter("Cannot reset password for the user as there is no registered/verified email or phone_number");

export async function confirmForgotPassword(
  context: ClientContext,
  user: User | undefined,
  { Username, ConfirmationCode, Password, ClientMetadata: metadata }: Checked<Cognito.ConfirmForgotPasswordRequest>,
): Promise<void> {
  checkPassword(context.pool, Password);
  if (!user && !hidesUsers(context.client)) throw userNotFound();
  const changed = await limitCodeAttempts(context, user?.username ?? Username, "password", async () => {
    if (!user?.enabled) throw codeMismatch();
    const password = makeVerifier(context.poolId, user.username, Password);
    return changeUser(context, user, (fresh) => ({
      codes: useCode(fresh, "password", ConfirmationCode).codes,
      status: "CONFIRMED",
      password,
    }));
  });
  await runPostConfirmation(context, changed, "PostConfirmation_ConfirmForgotPassword", metadata);
}

export async function adminResetUserPassword(
  context: PoolContext,
  user: User,
  { ClientMetadata: metadata }: Checked<Cognito.AdminResetUserPasswordRequest>,
): Promise<void> {
  if (["FORCE_CHANGE_PASSWORD", "UNCONFIRMED", "EXTERNAL_PROVIDER"].includes(user.status)) throw wrongStatus();
  const possible = recoveryContacts(context.pool);
  // A pool may allow only administrators to reset a password. It then has no recovery contacts of its own.
  const to = destinationToRecover(possible.length ? possible : contacts, user.attributes);
  if (!to) throw noDestination();
  await sendCodes(context, user, { kind: "ForgotPassword", to: [to], metadata }, () => ({ status: "RESET_REQUIRED" }));
}
