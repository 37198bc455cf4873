import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { PoolContext } from "../context";
import { invalidParameter, notServed } from "../exceptions";
import { factorsOf, withoutFactor } from "../users/second-factors";
import type { SecondFactor, SecondFactors, User } from "../users/user";
import { changeUser } from "../users/user-store";
import type { Checked } from "./request";

type Preference = Pick<
  Checked<Cognito.SetUserMFAPreferenceRequest>,
  "SMSMfaSettings" | "SoftwareTokenMfaSettings" | "EmailMfaSettings" | "WebAuthnMfaSettings"
>;

/** Turns second factors on and off. Where the pool requires one, it turns none off: AWS answers so, and does nothing. */
export async function setMfaPreference(
  context: PoolContext,
  user: User,
  { SMSMfaSettings: text, SoftwareTokenMfaSettings: app, EmailMfaSettings, WebAuthnMfaSettings }: Preference,
): Promise<void> {
  if (EmailMfaSettings?.Enabled) throw notServed("a second factor by mail");
  if (WebAuthnMfaSettings?.Enabled) throw notServed("passkeys");
  if (text?.PreferredMfa && app?.PreferredMfa) throw invalidParameter("Only one second factor can be preferred.");
  const sendsText = text?.Enabled && (await context.aws.mfaConfig(context.poolId)).SmsMfaConfiguration !== undefined;
  await changeUser(context, user, (fresh) => {
    if (app?.Enabled && !fresh.softwareToken) throw notSetUp("SOFTWARE_TOKEN_MFA");
    if (text?.Enabled && !(sendsText && fresh.attributes.phone_number)) throw notSetUp("SMS_MFA");
    const isRequired = context.pool.MfaConfiguration === "ON";
    const withApp = changed(factorsOf(context.pool, fresh), "SOFTWARE_TOKEN_MFA", app, isRequired);
    return { factors: changed(withApp, "SMS_MFA", text, isRequired) };
  });
}

const notSetUp = (factor: SecondFactor) =>
  invalidParameter(`User does not have delivery config set to turn on ${factor}`);

/** The factors, once one of them has these settings. */
function changed(
  factors: SecondFactors,
  factor: SecondFactor,
  { Enabled, PreferredMfa }: Cognito.SoftwareTokenMfaSettingsType = {},
  isRequired: boolean,
): SecondFactors {
  const wasOn = factors.enabled.includes(factor);
  const isOn = Enabled || (wasOn && (isRequired || Enabled === undefined));
  if (PreferredMfa && !isOn) throw invalidParameter(`${factor} cannot be preferred, because it is not turned on.`);
  const isPreferred = isOn && (PreferredMfa ?? factors.preferred === factor);
  const others = withoutFactor(factors, factor);
  return {
    enabled: isOn ? [...others.enabled, factor] : others.enabled,
    preferred: isPreferred ? factor : others.preferred,
  };
}
