import { randomInt } from "node:crypto";
import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { PoolContext } from "../context";
import { exception, userNotFound } from "../exceptions";
import { destinationsIn } from "../messages/destinations";
import { sendMessage } from "../messages/send-message";
import { checkPassword, temporaryPasswordExpiry } from "../pools/password-policy";
import { makeVerifier } from "../sign-in/srp";
import { registerUser } from "../triggers/pre-sign-up";
import { describeUser, type User } from "../users/user";
import { addUser, changeUser, findUserOrSub } from "../users/user-store";
import type { Checked } from "./request";

type Request = Checked<Cognito.AdminCreateUserRequest>;

/** Makes a user with a temporary password, or sends the invitation of a user again. */
export async function adminCreateUser(context: PoolContext, input: Request): Promise<Cognito.AdminCreateUserResponse> {
  const password = input.TemporaryPassword ?? randomPassword(context.pool);
  checkPassword(context.pool, password);
  const user =
    input.MessageAction === "RESEND"
      ? await renewPassword(context, input.Username, password)
      : await createUser(context, input, password);
  if (input.MessageAction !== "SUPPRESS") await sendInvitations(context, input, user, password);
  return { User: describeUser(user) };
}

/** The flags that the pre sign-up trigger answers have no effect on a user whom an administrator makes. */
const createUser = (context: PoolContext, input: Request, password: string): Promise<User> =>
  registerUser(context, input, "PreSignUp_AdminCreateUser", async (newUser) => {
    const user: User = {
      ...newUser,
      status: "FORCE_CHANGE_PASSWORD",
      password: makeVerifier(context.poolId, newUser.username, password),
      temporaryUntil: temporaryPasswordExpiry(context.pool),
    };
    await addUser(context, user, input.ForceAliasCreation ?? false);
    return user;
  });

function renewPassword(context: PoolContext, name: string, password: string): Promise<User> {
  const user = findUserOrSub(context, name);
  if (!user) throw userNotFound();
  const verifier = makeVerifier(context.poolId, user.username, password);
  return changeUser(context, user, ({ status }) => {
    if (status !== "FORCE_CHANGE_PASSWORD")
      throw exception(
        "UnsupportedUserStateException",
        "Resend not possible. User is not in FORCE_CHANGE_PASSWORD state.",
      );
    return { password: verifier, temporaryUntil: temporaryPasswordExpiry(context.pool) };
  });
}

/** Sends one message by each medium of the request. Without any, by text message, which is AWS's default, or by mail. */
async function sendInvitations(
  context: PoolContext,
  { DesiredDeliveryMediums: media, Username: name, ClientMetadata: metadata }: Request,
  user: User,
  secret: string,
): Promise<void> {
  const possible = destinationsIn(user.attributes);
  const desired = possible.filter(({ attribute }) => media?.includes(attribute === "email" ? "EMAIL" : "SMS"));
  for (const to of media?.length ? desired : possible.slice(0, 1))
    await sendMessage(context, { kind: "AdminCreateUser", user, to, secret, name, metadata });
}

/** A password with characters of every class that a policy can require, and without those that HTML would escape. */
function randomPassword(pool: Cognito.UserPoolType): string {
  const classes = ["abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "!@#%*-_+"];
  const length = Math.max(12, pool.Policies?.PasswordPolicy?.MinimumLength ?? 8);
  const pick = (letters = "") => letters[randomInt(letters.length)];
  return Array.from({ length }, (_, i) => pick(classes[i % classes.length])).join("");
}
