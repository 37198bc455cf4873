import type { TriggerEvent, WithMetadata } from "../shared/event";
import { trigger } from "../shared/trigger";
import { addToGroup } from "./group";
import type { Settings } from "./settings";

const SOURCES = ["PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword"] as const;

export type PostConfirmationEvent = TriggerEvent<(typeof SOURCES)[number], WithMetadata, Record<string, never>>;

/**
 * Runs after a user was confirmed: by a code, an administrator, pre sign-up or a first federated sign-in, and after a
 * password was reset. Both count, since a user who is migrated at a reset is confirmed by it and by nothing before; so
 * whoever was taken out of the group is in it again after their next reset. Users whom an administrator makes never
 * come here.
 *
 * They are confirmed already: a failure here is an error to the caller, and leaves a confirmed user without group.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
 */
export const handler = trigger<PostConfirmationEvent, Settings>({
  sources: SOURCES,
  rule: ({ userPoolId, userName }, { group }) => addToGroup({ userPoolId, userName }, group),
});
