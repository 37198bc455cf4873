import type { ClientContext } from "../context";
import { exception, notAuthorized } from "../exceptions";
import { missingAttributes } from "../pools/schema";
import { startSession } from "../tokens/sessions";
import type { TokenRequest } from "../triggers/pre-token-generation";
import { runTrigger } from "../triggers/run-trigger";
import { type Metadata, userEvent } from "../triggers/user-event";
import type { User } from "../users/user";
import { openChallenge } from "./challenge-sessions";
import { provenPassword } from "./proven-password";
import { askForFactor } from "./second-factor";
import type { SignInResult } from "./sign-in-request";

/** Goes on with a sign-in whose password was right: the user may need a new password, and a second factor. */
export async function continueSignIn(
  context: ClientContext,
  user: User,
  tokenRequest: TokenRequest,
): Promise<SignInResult> {
  return (
    (await askIfTemporary(context, user)) ??
    (await askForFactor(context, user, tokenRequest.source)) ??
    completeSignIn(context, user, tokenRequest)
  );
}

/**
 * Ends a sign-in whose last challenge was right: checks the user's status, runs post authentication, and starts a
 * session. AWS does not say whether post authentication or pre token generation runs first. Here it is post
 * authentication. Where either throws, there is no session.
 */
export async function completeSignIn(
  context: ClientContext,
  user: User,
  tokenRequest: TokenRequest,
): Promise<SignInResult> {
  const asked = await askIfTemporary(context, user);
  if (asked) return asked;
  await runPostAuthentication(context, user, tokenRequest.metadata);
  return { AuthenticationResult: await startSession(context, user, tokenRequest), ChallengeParameters: {} };
}

/** Checks the user's status. @returns the challenge of a user who has a temporary password */
async function askIfTemporary(context: ClientContext, user: User): Promise<SignInResult | undefined> {
  checkStatus(user);
  return user.status === "FORCE_CHANGE_PASSWORD" ? askForNewPassword(context, user) : undefined;
}

/** Checks that a user whose password or challenge was right may sign in. */
export function checkStatus(user: User): void {
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") throw exception("UserNotConfirmedException", "User is not confirmed.");
  if (user.status === "RESET_REQUIRED")
    throw exception("PasswordResetRequiredException", "Password reset required for the user");
}

/** Runs the trigger for a sign-in that has succeeded. If it throws, there are no tokens. */
export async function runPostAuthentication(context: ClientContext, user: User, metadata?: Metadata): Promise<void> {
  await runTrigger(context, {
    trigger: "PostAuthentication",
    source: "PostAuthentication_Authentication",
    ...userEvent(user, { newDeviceUsed: false }, metadata),
    response: {},
  });
}

/** Opens the challenge for a user who has a temporary password. */
export async function askForNewPassword(context: ClientContext, user: User): Promise<SignInResult> {
  if (user.temporaryUntil && user.temporaryUntil < Date.now())
    throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
  const required = missingAttributes(context.pool, user.attributes).map((name) => `userAttributes.${name}`);
  return {
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: await openChallenge(context, "NEW_PASSWORD_REQUIRED", provenPassword(user)),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(required),
      userAttributes: JSON.stringify(user.attributes),
    },
  };
}
