import type { PoolContext } from "../context";
import type { User } from "../users/user";
import { runTrigger } from "./run-trigger";
import { type Metadata, userEvent } from "./user-event";

/**
 * Runs the trigger for a user who has been confirmed, or has a new password. If it throws, the caller gets its error,
 * but the user stays confirmed and the password stays new.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
 */
export async function runPostConfirmation(
  context: PoolContext,
  user: User,
  source: `PostConfirmation_${"ConfirmSignUp" | "ConfirmForgotPassword"}`,
  metadata: Metadata,
): Promise<void> {
  await runTrigger(context, {
    trigger: "PostConfirmation",
    source,
    ...userEvent(user, {}, metadata),
    response: {},
  });
}
