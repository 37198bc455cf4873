import { requireAccess } from "../shared/access";
import { attributesOf, type TriggerEvent } from "../shared/event";
import { requireAnonymity } from "./anonymity";
import { isConfirmed } from "./confirmation";
import type { PreSignUpEvent } from "./event";
import { requireNoLegacyName } from "./legacy-names";
import type { Settings } from "./settings";
import { verifiedAttributes } from "./take-over";
import { requireLength, requireOwnName } from "./user-name";

/** Refuses people by the settings. */
export async function refuse(event: TriggerEvent, settings: Settings): Promise<void> {
  const { anonymous, minimumUserNameLength, providers, access, legacyTable } = settings;
  const userName = event.userName ?? "";
  if (anonymous) requireAnonymity(userName, attributesOf(event));
  // The name of somebody from a provider is the provider's and its subject: nobody has chosen it.
  const isChosen = globalThis.WITHOUT_PROVIDERS || event.triggerSource !== "PreSignUp_ExternalProvider";
  if (minimumUserNameLength && isChosen) requireLength(userName, minimumUserNameLength);
  const isSignUp = !globalThis.WITHOUT_PROVIDERS && event.triggerSource === "PreSignUp_SignUp";
  if (providers && isSignUp) requireOwnName(userName, providers);
  const applies = access?.appliesToAdminCreatedUsers || !isByAdministrator(event);
  if (access && applies) await requireAccess(event, access, "sign up");
  if (legacyTable && !isByAdministrator(event)) await requireNoLegacyName(event, legacyTable);
}

/** Confirms people, and marks their addresses as verified, by the settings. */
export async function confirm(event: PreSignUpEvent, settings: Settings): Promise<void> {
  const attributes = attributesOf(event);
  const response = { ...event.response };
  const confirmed = isConfirmed(settings.autoConfirm, attributes);
  if (confirmed) response.autoConfirmUser = true;
  // Users of other domains than the trusted ones prove their address with a code.
  const mustProve = !confirmed && settings.autoConfirm !== "nobody";
  // Cognito ignores this part of the response for an administrator, so do not look anything up.
  const verified =
    mustProve || isByAdministrator(event)
      ? []
      : await verifiedAttributes(settings, { userPoolId: event.userPoolId, attributes });
  if (verified.includes("email")) response.autoVerifyEmail = true;
  if (verified.includes("phone_number")) response.autoVerifyPhone = true;
  event.response = response;
}

const isByAdministrator = ({ triggerSource }: TriggerEvent) => triggerSource === "PreSignUp_AdminCreateUser";
