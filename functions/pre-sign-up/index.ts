import { attributesOf, type TriggerEvent } from "../shared/event";
import { trigger } from "../shared/trigger";
import { requireAnonymity } from "./anonymity";
import type { Settings } from "./settings";

interface PreSignUpEvent extends TriggerEvent {
  response?: {
    autoConfirmUser?: boolean;
    autoVerifyEmail?: boolean;
    autoVerifyPhone?: boolean;
  } | null;
}

/**
 * Runs before Cognito makes a user: by their own sign-up, an administrator, or an identity provider.
 * Cognito ignores the response of the last two, but a refusal counts always.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 */
export const handler = trigger((event: PreSignUpEvent, settings: Settings) => {
  if (settings.anonymous) requireAnonymity(event.userName ?? "", attributesOf(event));
  if (settings.autoConfirm === "everyone")
    event.response = { ...event.response, autoConfirmUser: true };
});
