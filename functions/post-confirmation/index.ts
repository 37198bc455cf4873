import type { TriggerEvent, WithMetadata } from "../shared/event";
import { trigger } from "../shared/trigger";
import { addToGroup } from "./group";
import type { Settings } from "./settings";

const SOURCES = ["PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword"] as const;

export type PostConfirmationEvent = TriggerEvent<(typeof SOURCES)[number], WithMetadata, Record<string, never>>;

/**
 * Runs after a user is confirmed (by a code, an administrator, pre sign-up or a first federated sign-in), and after a
 * password reset. It puts the user into the group; after a reset only with `afterPasswordReset`. It never runs for users
 * whom an administrator creates.
 *
 * The user is already confirmed. If the function fails, the caller gets an error, and the user is not in the group.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
 */
export const handler = trigger<PostConfirmationEvent, Settings>({
  sources: SOURCES,
  rule: async ({ triggerSource, userPoolId, userName }, { group, afterPasswordReset }) => {
    if (triggerSource === "PostConfirmation_ConfirmForgotPassword" && !afterPasswordReset) return;
    await addToGroup({ userPoolId, userName }, group);
  },
});
