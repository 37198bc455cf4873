import {
  CognitoUserPool,
  type CognitoUserPoolConfig,
} from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import { z } from "zod";
import { settingsObject } from "../functions/shared/settings";
import { APP, type Environment } from "./environments";
import type { FunctionCode } from "./function-code";
import { checked } from "./settings";
import { TriggerFunction } from "./trigger-function";
import { type TriggerSettings, triggersOf } from "./triggers";

const settingsSchema = settingsObject({
  /** What people type to sign in: their email address, which is then required and verified, or a user name alone. */
  signIn: z.enum(["email", "username"]),
  /**
   * Attributes that people may read and write with their own token. Never empty, which would mean all.
   * @default just `email` where people sign in with it; else `updated_at`, which names nobody
   */
  clientAttributes: z
    .array(z.string())
    .min(1, "must name one attribute at least, since an empty list means all")
    .optional(),
  /**
   * Least length of a password; there are no rules about its characters (NIST SP 800-63B).
   * @default 12
   */
  passwordLength: z.int().min(12).max(99).default(12),
  /**
   * Whether a second factor, a time-based one-time password, is asked for.
   * @default "OFF"
   */
  mfa: z.enum(["OFF", "OPTIONAL", "ON"]).default("OFF"),
  /**
   * Cognito's feature plan.
   * @default "LITE"
   */
  tier: z.enum(["LITE", "ESSENTIALS", "PLUS"]).default("LITE"),
  /** How long a sign-in lasts. */
  tokens: settingsObject({
    /** Hours. @default 1 */
    accessHours: z.int().min(1).max(24).default(1),
    /** Hours. @default 1 */
    idHours: z.int().min(1).max(24).default(1),
    /** Days. @default 30 */
    refreshDays: z.int().min(1).max(3650).default(30),
    /** Minutes between the steps of one sign-in. @default 3 */
    sessionMinutes: z.int().min(3).max(15).default(3),
  }).prefault({}),
});

export interface UserPoolProps extends z.input<typeof settingsSchema>, TriggerSettings {
  readonly environment: Environment;
  /** The code of the stack's triggers. */
  readonly code: FunctionCode;
}

/**
 * A user pool, its app client, and its triggers, each with the permission for this pool to call it.
 *
 * What can never be changed once it is made (how people sign in, the schema, case) is decided by `signIn`.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools.html
 */
export class UserPool extends Construct {
  readonly userPoolId: string;
  readonly clientId: string;

  /** @throws SettingsError when a setting is wrong */
  constructor(
    scope: Construct,
    id: string,
    { environment, code, access, triggers, ...settings }: UserPoolProps,
  ) {
    super(scope, id);
    const { signIn, clientAttributes, ...checkedSettings } = checked(settingsSchema, settings, id);
    const name = `${APP}-${environment.name}-${id}`;
    const disposable = environment.stage === "local";
    const lifecycle = { preventDestroy: !disposable };

    const functions = triggersOf({ access, triggers }, id).map(({ slot, folder, settings }) => {
      const functionName = `${name}-${folder}`;
      return {
        slot,
        folder,
        fn: new TriggerFunction(this, folder, { functionName, code: code.of(folder), settings }),
      };
    });
    const pool = new CognitoUserPool(this, "pool", {
      name,
      ...(signIn === "email" ? emailPool(environment) : usernamePool()),
      ...passwordsAndPlan(checkedSettings),
      usernameConfiguration: { caseSensitive: false },
      adminCreateUserConfig: { allowAdminCreateUserOnly: false },
      // Never left out, even empty: the provider takes a missing block for "as it was", and a pool that lost its last
      // trigger would go on calling a function that is gone.
      lambdaConfig: Object.fromEntries(functions.map(({ slot, fn }) => [slot, fn.arn])),
      deletionProtection: disposable ? "INACTIVE" : "ACTIVE",
      lifecycle,
    });
    for (const { folder, fn } of functions) {
      new LambdaPermission(this, `${folder}-permission`, {
        action: "lambda:InvokeFunction",
        functionName: fn.functionName,
        principal: "cognito-idp.amazonaws.com",
        sourceArn: pool.arn,
        sourceAccount: environment.account,
        lifecycle: { createBeforeDestroy: true },
      });
    }
    if (environment.domainPrefix) {
      new CognitoUserPoolDomain(this, "domain", {
        userPoolId: pool.id,
        domain: `${environment.domainPrefix}-${id}`,
      });
    }
    const attributes = clientAttributes ?? [signIn === "email" ? "email" : "updated_at"];
    const client = new CognitoUserPoolClient(this, "client", {
      name,
      userPoolId: pool.id,
      ...tokenLifetimes(checkedSettings),
      generateSecret: false,
      explicitAuthFlows: [
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
      ],
      preventUserExistenceErrors: "ENABLED",
      readAttributes: attributes,
      writeAttributes: attributes,
      supportedIdentityProviders: ["COGNITO"],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["openid", "profile"],
      callbackUrls: environment.callbackUrls,
      logoutUrls: environment.logoutUrls,
      lifecycle,
    });
    this.userPoolId = pool.id;
    this.clientId = client.id;
  }
}

type Settings = z.output<typeof settingsSchema>;

/** People sign in with their address, which is theirs once they type the code that Cognito mails to it. */
function emailPool({ mail }: Environment): Partial<CognitoUserPoolConfig> {
  return {
    usernameAttributes: ["email"],
    autoVerifiedAttributes: ["email"],
    schema: [
      {
        name: "email",
        attributeDataType: "String",
        required: true,
        mutable: true,
        developerOnlyAttribute: false,
        // Cognito's own, spelled out: left out, they are a difference for ever.
        stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
      },
    ],
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

/** Nothing but a user name and a password: there is nowhere to send a code, so an administrator alone can reset it. */
function usernamePool(): Partial<CognitoUserPoolConfig> {
  return { accountRecoverySetting: { recoveryMechanism: [{ name: "admin_only", priority: 1 }] } };
}

function passwordsAndPlan({
  passwordLength,
  mfa,
  tier,
}: Pick<Settings, "passwordLength" | "mfa" | "tier">) {
  return {
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

function tokenLifetimes({ tokens }: Pick<Settings, "tokens">) {
  return {
    accessTokenValidity: tokens.accessHours,
    idTokenValidity: tokens.idHours,
    refreshTokenValidity: tokens.refreshDays,
    tokenValidityUnits: [{ accessToken: "hours", idToken: "hours", refreshToken: "days" }],
    authSessionValidity: tokens.sessionMinutes,
    enableTokenRevocation: true,
  };
}
