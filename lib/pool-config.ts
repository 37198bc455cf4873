import type { CognitoUserPoolConfig, CognitoUserPoolSchema } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { MOST_CHARACTERS } from "../contract/attributes";
import type { Environment } from "./environments";
import type { CheckedPoolSettings } from "./pool-settings";
import type { TextMessages } from "./text-messages";

/** What a pool is by its settings; all of it but the triggers, and much of it for ever. */
export function poolConfig(
  settings: CheckedPoolSettings,
  environment: Environment,
  texts?: TextMessages,
): Partial<CognitoUserPoolConfig> {
  const { signIn, customAttributes, passwordLength, passwordNeeds, selfSignUp, mfa, tier } = settings;
  const schema = [...(signIn === "email" ? [EMAIL] : []), ...customAttributes.map(customAttribute)];
  return {
    ...SIGN_IN[signIn],
    ...(schema.length > 0 && { schema }),
    ...(signIn === "username" ? withoutCodes : withCodes(settings, environment, texts)),
    usernameConfiguration: { caseSensitive: false },
    adminCreateUserConfig: { allowAdminCreateUserOnly: !selfSignUp, ...invitation(settings) },
    ...verification(settings),
    passwordPolicy: {
      minimumLength: passwordLength,
      requireLowercase: passwordNeeds.includes("lowercase"),
      requireNumbers: passwordNeeds.includes("numbers"),
      requireSymbols: passwordNeeds.includes("symbols"),
      requireUppercase: passwordNeeds.includes("uppercase"),
      temporaryPasswordValidityDays: 7,
    },
    mfaConfiguration: mfa,
    softwareTokenMfaConfiguration: mfa === "OFF" ? undefined : { enabled: true },
    userPoolTier: tier,
  };
}

const SIGN_IN = {
  email: { usernameAttributes: ["email"] },
  username: {},
  "username-or-alias": { aliasAttributes: ["email", "phone_number"] },
};

const attribute = (name: string, maxLength: number, required: boolean): CognitoUserPoolSchema => ({
  name,
  attributeDataType: "String",
  required,
  mutable: true,
  developerOnlyAttribute: false,
  // Set explicitly: otherwise every plan shows them as a change.
  stringAttributeConstraints: { minLength: "0", maxLength: String(maxLength) },
});

const EMAIL = attribute("email", MOST_CHARACTERS.standard, true);
const customAttribute = (name: string) => attribute(name, MOST_CHARACTERS.custom, false);

/** Cognito verifies an address or number with a code. */
function withCodes(
  { verifies = ["email"] }: CheckedPoolSettings,
  { mail }: Environment,
  texts?: TextMessages,
): Partial<CognitoUserPoolConfig> {
  return {
    autoVerifiedAttributes: verifies,
    // A new address or number replaces the old one only after it is verified.
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: verifies },
    accountRecoverySetting: {
      recoveryMechanism: verifies.map((attribute, index) => ({
        name: attribute === "email" ? "verified_email" : "verified_phone_number",
        priority: index + 1,
      })),
    },
    emailConfiguration:
      mail.sender === "ses"
        ? {
            emailSendingAccount: "DEVELOPER",
            sourceArn: mail.identityArn,
            fromEmailAddress: mail.from,
            replyToEmailAddress: mail.replyTo,
          }
        : { emailSendingAccount: "COGNITO_DEFAULT" },
    smsConfiguration: texts?.configuration,
  };
}

/** The words of the codes that Cognito sends itself; without them it has its own. */
function verification({ messages }: CheckedPoolSettings): Partial<CognitoUserPoolConfig> {
  if (!messages?.verification) return {};
  const { subject, mail, sms } = messages.verification;
  const verificationMessageTemplate = {
    defaultEmailOption: "CONFIRM_WITH_CODE",
    emailSubject: subject,
    emailMessage: mail,
    smsMessage: sms,
  };
  return { verificationMessageTemplate };
}

/** The same of an administrator's invitations. */
function invitation({ messages }: CheckedPoolSettings) {
  if (!messages?.invitation) return {};
  const { subject, mail, sms } = messages.invitation;
  return { inviteMessageTemplate: { emailSubject: subject, emailMessage: mail, smsMessage: sms } };
}

/** There is nowhere to send a code, so an administrator alone can reset a password. */
const withoutCodes: Partial<CognitoUserPoolConfig> = {
  accountRecoverySetting: { recoveryMechanism: [{ name: "admin_only", priority: 1 }] },
};
