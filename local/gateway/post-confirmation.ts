import type { InPool } from "./context";
import { type Metadata, runTrigger } from "./triggers";
import { about, type User } from "./users";

/**
 * Tells the pool's function of a user who has just been confirmed, or has a new password. An error of
 * its is the caller's, but takes nothing back.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
 */
export async function confirmed(
  at: InPool,
  user: User,
  source: `PostConfirmation_${"ConfirmSignUp" | "ConfirmForgotPassword"}`,
  metadata: Metadata,
): Promise<void> {
  await runTrigger(at, { trigger: "PostConfirmation", source, ...about(user, {}, metadata), response: {} });
}
