import type { CognitoUserPoolClientConfig } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import type { Environment } from "./environments";
import type { CheckedPoolSettings } from "./pool-settings";

const FLOWS = { srp: "ALLOW_USER_SRP_AUTH", password: "ALLOW_USER_PASSWORD_AUTH", custom: "ALLOW_CUSTOM_AUTH" };

/**
 * The configuration of a public app client: the sign-in flows of the pool's settings, refresh, and the authorization
 * code grant.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
 */
export function appClient(
  { tokens, authFlows }: Pick<CheckedPoolSettings, "tokens" | "authFlows">,
  attributes: readonly string[],
  environment: Environment,
): Omit<CognitoUserPoolClientConfig, "name" | "userPoolId"> {
  return {
    generateSecret: false,
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", ...authFlows.map((flow) => FLOWS[flow])].sort(),
    preventUserExistenceErrors: "ENABLED",
    readAttributes: [...attributes],
    writeAttributes: [...attributes],
    supportedIdentityProviders: ["COGNITO"],
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["code"],
    allowedOauthScopes: ["openid", "profile"],
    callbackUrls: environment.callbackUrls,
    logoutUrls: environment.logoutUrls,
    accessTokenValidity: tokens.access.value,
    idTokenValidity: tokens.id.value,
    refreshTokenValidity: tokens.refresh.value,
    tokenValidityUnits: [
      { accessToken: tokens.access.unit, idToken: tokens.id.unit, refreshToken: tokens.refresh.unit },
    ],
    authSessionValidity: tokens.sessionMinutes,
    enableTokenRevocation: true,
  };
}
