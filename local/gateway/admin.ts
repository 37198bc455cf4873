import { randomInt } from "node:crypto";
import type {
  AdminCreateUserRequest,
  AdminCreateUserResponse,
  AdminDeleteUserRequest,
  AdminGetUserRequest,
  AdminGetUserResponse,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Context, type InPool, inPool } from "./context";
import { notServed, refusal, userNotFound } from "./errors";
import { mail } from "./mail";
import { temporaryUntil } from "./password";
import { checkPassword, toRecord } from "./pool";
import { revokeAllSessions } from "./sessions";
import { holdingNames, newIdentity, preSignUp } from "./sign-up";
import { makeVerifier } from "./srp";
import {
  addUser,
  changeUser,
  chosen,
  describeUser,
  findUser,
  removeUser,
  type User,
} from "./users";

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html */
export async function adminCreateUser(
  context: Context,
  input: AdminCreateUserRequest,
): Promise<AdminCreateUserResponse> {
  const { UserPoolId = "", Username = "", TemporaryPassword, MessageAction } = input;
  const at = await inPool(context, UserPoolId);
  if (input.ForceAliasCreation) throw notServed("ForceAliasCreation");
  const password = TemporaryPassword ?? inventPassword(at.pool);
  checkPassword(at.pool, password);
  if (MessageAction === "RESEND") return resendInvitation(at, input, password);
  const { username, sub, attributes } = newIdentity(
    at.pool,
    Username,
    toRecord(input.UserAttributes),
  );
  return holdingNames(at, Username, attributes, async () => {
    // The flags of the response do nothing for a user made by an administrator.
    await preSignUp(at, {
      source: "PreSignUp_AdminCreateUser",
      userName: username,
      request: {
        userAttributes: attributes,
        validationData: input.ValidationData?.length ? toRecord(input.ValidationData) : null,
        ...(input.ClientMetadata ? { clientMetadata: input.ClientMetadata } : {}),
      },
    });
    const now = Date.now();
    const user: User = {
      username,
      sub,
      status: "FORCE_CHANGE_PASSWORD",
      enabled: true,
      attributes,
      password: makeVerifier(at.poolId, username, password),
      temporaryUntil: temporaryUntil(at.pool),
      codes: {},
      created: now,
      modified: now,
    };
    await addUser(at, user);
    if (MessageAction !== "SUPPRESS") await invite(at, input, user, password);
    return { User: describeUser(user) };
  });
}

async function resendInvitation(
  at: InPool,
  input: AdminCreateUserRequest,
  password: string,
): Promise<AdminCreateUserResponse> {
  const found = findUser(at, input.Username ?? "");
  if (!found) throw userNotFound();
  const kept = makeVerifier(at.poolId, found.username, password);
  const user = await changeUser(at, found, ({ status }) => {
    if (status !== "FORCE_CHANGE_PASSWORD")
      throw refusal(
        "UnsupportedUserStateException",
        "Resend not possible. User is not in FORCE_CHANGE_PASSWORD state.",
      );
    return { password: kept, temporaryUntil: temporaryUntil(at.pool) };
  });
  await invite(at, input, user, password);
  return { User: describeUser(user) };
}

async function invite(
  at: InPool,
  { DesiredDeliveryMediums: media, Username = "" }: AdminCreateUserRequest,
  { attributes: { email } }: User,
  password: string,
): Promise<void> {
  if (email && (!media?.length || media.includes("EMAIL")))
    await mail(at, "invitation", email, password, Username);
}

/** A password of every class that a policy can ask for, without what HTML would garble. */
function inventPassword(pool: UserPoolType): string {
  const classes = ["abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "!@#%*-_+"];
  const length = Math.max(12, pool.Policies?.PasswordPolicy?.MinimumLength ?? 8);
  const pick = (letters = "") => letters[randomInt(letters.length)];
  const made = Array.from({ length }, (_, i) => pick(classes[i % classes.length]));
  for (let i = made.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [made[i], made[j]] = [made[j], made[i]];
  }
  return made.join("");
}

export async function adminGetUser(
  context: Context,
  input: AdminGetUserRequest,
): Promise<AdminGetUserResponse> {
  const { user } = await chosen(context, input);
  const { Attributes, ...shown } = describeUser(user);
  return { ...shown, Username: user.username, UserAttributes: Attributes };
}

type OfUser = Pick<AdminDeleteUserRequest, "UserPoolId" | "Username">;

export async function adminDeleteUser(context: Context, input: OfUser) {
  const { at, user } = await chosen(context, input);
  await removeUser(at, user);
  return {};
}

/** A disabled user keeps everything but may not come in, nor use a token. */
export const adminSwitchUser = (enabled: boolean) => async (context: Context, input: OfUser) => {
  const { at, user } = await chosen(context, input);
  await changeUser(at, user, () => ({ enabled }));
  if (!enabled) await revokeAllSessions(at, user);
  return {};
};

export async function adminUserGlobalSignOut(context: Context, input: OfUser) {
  const { at, user } = await chosen(context, input);
  await revokeAllSessions(at, user);
  return {};
}
