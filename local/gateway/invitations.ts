import { randomInt } from "node:crypto";
import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { InPool } from "./context";
import { reachable } from "./destinations";
import { refusal, userNotFound } from "./errors";
import type { Checked } from "./input";
import { sendMessage } from "./messages";
import { temporaryUntil } from "./password";
import { checkPassword } from "./pool";
import { register } from "./sign-up";
import { makeVerifier } from "./srp";
import { addUser, changeUser, describeUser, findUser, type User } from "./users";

type Request = Checked<Cognito.AdminCreateUserRequest>;

/** Makes a user with a temporary password, or sends the invitation of one again. */
export async function adminCreateUser(at: InPool, input: Request): Promise<Cognito.AdminCreateUserResponse> {
  const password = input.TemporaryPassword ?? inventPassword(at.pool);
  checkPassword(at.pool, password);
  const user =
    input.MessageAction === "RESEND" ? await renew(at, input.Username, password) : await create(at, input, password);
  if (input.MessageAction !== "SUPPRESS") await invite(at, input, user, password);
  return { User: describeUser(user) };
}

/** The flags of the trigger's response do nothing for a user made by an administrator. */
const create = (at: InPool, input: Request, password: string): Promise<User> =>
  register(at, input, "PreSignUp_AdminCreateUser", async (newcomer) => {
    const user: User = {
      ...newcomer,
      status: "FORCE_CHANGE_PASSWORD",
      password: makeVerifier(at.poolId, newcomer.username, password),
      temporaryUntil: temporaryUntil(at.pool),
    };
    await addUser(at, user, input.ForceAliasCreation ?? false);
    return user;
  });

function renew(at: InPool, name: string, password: string): Promise<User> {
  const found = findUser(at, name);
  if (!found) throw userNotFound();
  const kept = makeVerifier(at.poolId, found.username, password);
  return changeUser(at, found, ({ status }) => {
    if (status !== "FORCE_CHANGE_PASSWORD")
      throw refusal(
        "UnsupportedUserStateException",
        "Resend not possible. User is not in FORCE_CHANGE_PASSWORD state.",
      );
    return { password: kept, temporaryUntil: temporaryUntil(at.pool) };
  });
}

/** By the media that were asked for; if none were, by text message, which is AWS's default, or else by mail. */
async function invite(
  at: InPool,
  { DesiredDeliveryMediums: media, Username: name, ClientMetadata: metadata }: Request,
  user: User,
  secret: string,
): Promise<void> {
  const all = reachable(user.attributes);
  const wanted = all.filter(({ attribute }) => media?.includes(attribute === "email" ? "EMAIL" : "SMS"));
  for (const to of media?.length ? wanted : all.slice(0, 1))
    await sendMessage(at, { kind: "AdminCreateUser", user, to, secret, name, metadata });
}

/** A password of every class that a policy can ask for, without what HTML would garble. */
function inventPassword(pool: Cognito.UserPoolType): string {
  const classes = ["abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "!@#%*-_+"];
  const length = Math.max(12, pool.Policies?.PasswordPolicy?.MinimumLength ?? 8);
  const pick = (letters = "") => letters[randomInt(letters.length)];
  return Array.from({ length }, (_, i) => pick(classes[i % classes.length])).join("");
}
