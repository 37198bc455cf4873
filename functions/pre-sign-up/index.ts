import { requireAccess } from "../shared/access";
import { attributesOf, type TriggerEvent, type WithMetadata } from "../shared/event";
import { trigger } from "../shared/trigger";
import { requireAnonymity } from "./anonymity";
import { isConfirmed } from "./confirmation";
import { requireNoLegacyName } from "./legacy-names";
import { linkToProfile, requireNoProvider } from "./linking";
import type { Settings } from "./settings";
import { verifiedAttributes } from "./take-over";
import { requireLength } from "./user-name";

const SOURCES = ["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"] as const;

interface Request extends WithMetadata {
  validationData: Record<string, string> | null;
}

interface Response {
  autoConfirmUser: boolean;
  autoVerifyEmail: boolean;
  autoVerifyPhone: boolean;
}

export type PreSignUpEvent = TriggerEvent<(typeof SOURCES)[number], Request, Response>;

/**
 * Runs before Cognito creates a user, by sign-up, by an administrator or by an identity provider. Cognito uses the
 * response only at sign-up, but a refusal always stops the creation.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 */
export const handler = trigger<PreSignUpEvent, Settings>({ sources: SOURCES, guard: refuse, rule: confirm });

async function refuse(event: TriggerEvent, settings: Settings): Promise<void> {
  const { anonymous, minimumUserNameLength, access, legacyTable, linking, signIn = "" } = settings;
  const userName = event.userName ?? "";
  if (anonymous) requireAnonymity(userName, attributesOf(event));
  if (minimumUserNameLength) requireLength(userName, minimumUserNameLength);
  const applies = access?.appliesToAdminCreatedUsers || !isByAdministrator(event);
  if (access && applies) await requireAccess(event, access, "sign up");
  if (legacyTable && !isByAdministrator(event)) await requireNoLegacyName(event, legacyTable);
  if (linking && event.triggerSource === "PreSignUp_SignUp") await requireNoProvider(event, { linking, signIn });
}

async function confirm(event: PreSignUpEvent, settings: Settings): Promise<void> {
  const { linking, signIn = "", access } = settings;
  if (linking && event.triggerSource === "PreSignUp_ExternalProvider") {
    await linkToProfile(event, { linking, signIn, access });
  }
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
