import type { Reply } from "./attempt";
import { missing } from "./attributes";
import { ask } from "./challenges";
import type { AtClient } from "./context";
import { notAuthorized, refusal } from "./errors";
import type { Occasion } from "./pre-token-generation";
import { startSession } from "./sessions";
import { runTrigger } from "./triggers";
import { about, type User } from "./users";

/**
 * Whoever signs in has proven to be the user; what the account's state and the pool's functions make
 * of that. AWS keeps the order of the two triggers to itself: here the tokens' comes last, and only
 * then is there a session, so that none is left of a sign-in that either of them refuses.
 */
export async function signedIn(at: AtClient, user: User, occasion: Occasion): Promise<Reply> {
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") throw refusal("UserNotConfirmedException", "User is not confirmed.");
  if (user.status === "RESET_REQUIRED")
    throw refusal("PasswordResetRequiredException", "Password reset required for the user");
  if (user.status === "FORCE_CHANGE_PASSWORD") return askForNewPassword(at, user);
  await runTrigger(at, {
    trigger: "PostAuthentication",
    source: "PostAuthentication_Authentication",
    ...about(user, { newDeviceUsed: false }, occasion.metadata),
    response: {},
  });
  return { AuthenticationResult: await startSession(at, user, occasion), ChallengeParameters: {} };
}

async function askForNewPassword(at: AtClient, user: User): Promise<Reply> {
  if (user.temporaryUntil && user.temporaryUntil < Date.now())
    throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
  const wanted = missing(at.pool, user.attributes).map((name) => `userAttributes.${name}`);
  const state = { username: user.username };
  return {
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: await ask(at, "NEW_PASSWORD_REQUIRED", state),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(wanted),
      userAttributes: JSON.stringify(user.attributes),
    },
  };
}
