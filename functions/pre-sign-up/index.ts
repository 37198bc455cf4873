import { requireAccess } from "../shared/access";
import { attributesOf, type TriggerEvent } from "../shared/event";
import { trigger } from "../shared/trigger";
import { requireAnonymity } from "./anonymity";
import { isConfirmed } from "./confirmation";
import type { Settings } from "./settings";
import { verifiedAttributes } from "./take-over";
import { requireLength } from "./user-name";

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
export const handler = trigger(async (event: PreSignUpEvent, settings: Settings) => {
  const attributes = attributesOf(event);
  const userName = event.userName ?? "";
  const { access } = settings;
  const byAdministrator = event.triggerSource === "PreSignUp_AdminCreateUser";

  if (settings.anonymous) requireAnonymity(userName, attributes);
  if (settings.minimumUserNameLength) requireLength(userName, settings.minimumUserNameLength);
  if (access && (!byAdministrator || access.administrators)) await requireAccess(event, access, "sign up");

  const response = { ...event.response };
  if (isConfirmed(settings.autoConfirm, attributes)) response.autoConfirmUser = true;
  // A look-up for a response that Cognito ignores could only fail.
  const verified = byAdministrator
    ? []
    : await verifiedAttributes(settings, { userPoolId: event.userPoolId, attributes });
  if (verified.includes("email")) response.autoVerifyEmail = true;
  if (verified.includes("phone_number")) response.autoVerifyPhone = true;
  event.response = response;
});
