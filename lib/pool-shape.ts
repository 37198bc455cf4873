import type { CognitoUserPoolConfig, CognitoUserPoolSchema } from "@cdktf/provider-aws/lib/cognito-user-pool";
import type { Environment } from "./environments";
import type { CheckedPoolSettings } from "./pool-settings";

/** What a pool is by its settings; all of it but the triggers, and much of it for ever. */
export function poolShape(settings: CheckedPoolSettings, environment: Environment): Partial<CognitoUserPoolConfig> {
  const { signIn, customAttributes, passwordLength, mfa, tier } = settings;
  const schema = [...(signIn === "email" ? [EMAIL] : []), ...customAttributes.map(customAttribute)];
  return {
    ...SIGN_IN[signIn],
    ...(schema.length > 0 && { schema }),
    ...(signIn === "username" ? withoutMail : withMail(environment)),
    usernameConfiguration: { caseSensitive: false },
    adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    passwordPolicy: {
      minimumLength: passwordLength,
      requireLowercase: false,
      requireNumbers: false,
      requireSymbols: false,
      requireUppercase: false,
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
  // Spelled out: left out, they are a difference for ever.
  stringAttributeConstraints: { minLength: "0", maxLength: String(maxLength) },
});

const EMAIL = attribute("email", 2048, true);
const customAttribute = (name: string) => attribute(name, 256, false);

/** An address is a user's own once they type the code that Cognito mails to it. */
function withMail({ mail }: Environment): Partial<CognitoUserPoolConfig> {
  return {
    autoVerifiedAttributes: ["email"],
    // A new address takes the place of the old one only after its own code.
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ["email"] },
    accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
    emailConfiguration:
      mail.sender === "ses"
        ? {
            emailSendingAccount: "DEVELOPER",
            sourceArn: mail.identityArn,
            fromEmailAddress: mail.from,
          }
        : { emailSendingAccount: "COGNITO_DEFAULT" },
  };
}

/** There is nowhere to send a code, so an administrator alone can reset a password. */
const withoutMail: Partial<CognitoUserPoolConfig> = {
  accountRecoverySetting: { recoveryMechanism: [{ name: "admin_only", priority: 1 }] },
};
