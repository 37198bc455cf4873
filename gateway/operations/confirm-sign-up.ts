import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext, PoolContext } from "../context";
import { invalidParameter, notAuthorized, userNotFound } from "../exceptions";
import { limitCodeAttempts } from "../messages/code-attempts";
import { expiredCode, sendCodes, useCode } from "../messages/codes";
import { destinationToVerify } from "../messages/destinations";
import { hidesUsers } from "../pools/app-client";
import { contacts, verifies } from "../pools/contacts";
import { runPostConfirmation } from "../triggers/post-confirmation";
import { simulatedDelivery } from "../users/unknown-users";
import type { User } from "../users/user";
import { changeUser } from "../users/user-store";
import type { Checked } from "./request";

export async function confirmSignUp(
  context: ClientContext,
  user: User | undefined,
  { ConfirmationCode, ForceAliasCreation, ClientMetadata }: Checked<Cognito.ConfirmSignUpRequest>,
): Promise<void> {
  if (!user) throw hidesUsers(context.client) ? expiredCode() : userNotFound();
  const confirm = (fresh: User): Partial<User> => {
    requireUnconfirmed(fresh);
    const { codes, verified } = useCode(fresh, "signUp", ConfirmationCode);
    const attributes = { ...fresh.attributes, [`${verified.attribute}_verified`]: "true" };
    return { codes, status: "CONFIRMED", attributes };
  };
  const change = () => changeUser(context, user, confirm, ForceAliasCreation);
  const confirmed = await limitCodeAttempts(context, user.username, "signUp", change);
  await runPostConfirmation(context, confirmed, "PostConfirmation_ConfirmSignUp", ClientMetadata);
}

/** Confirms without a code, so the address or number stays unverified. */
export async function adminConfirmSignUp(
  context: PoolContext,
  user: User,
  { ClientMetadata }: Checked<Cognito.AdminConfirmSignUpRequest>,
): Promise<void> {
  const confirmed = await changeUser(context, user, (fresh) => {
    requireUnconfirmed(fresh);
    const { signUp: _, ...codes } = fresh.codes;
    return { status: "CONFIRMED", codes };
  });
  await runPostConfirmation(context, confirmed, "PostConfirmation_ConfirmSignUp", ClientMetadata);
}

function requireUnconfirmed({ status }: User): void {
  if (status !== "UNCONFIRMED") throw notAuthorized(`User cannot be confirmed. Current status is ${status}`);
}

export async function resendConfirmationCode(
  context: ClientContext,
  user: User | undefined,
  { Username, ClientMetadata: metadata }: Checked<Cognito.ResendConfirmationCodeRequest>,
): Promise<Cognito.ResendConfirmationCodeResponse> {
  const { pool, client } = context;
  if (!user?.enabled && hidesUsers(client)) {
    const possible = contacts.filter((contact) => verifies(pool, contact));
    return { CodeDeliveryDetails: await simulatedDelivery(context, Username, possible) };
  }
  if (!user) throw userNotFound();
  const check = ({ status }: User) => {
    if (status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
    return {};
  };
  check(user);
  const to = destinationToVerify(pool, user.attributes);
  if (!to) throw invalidParameter("Auto verification not turned on.");
  const [CodeDeliveryDetails] = await sendCodes(context, user, { kind: "ResendCode", to: [to], metadata }, check);
  return { CodeDeliveryDetails };
}
