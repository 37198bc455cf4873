import type { UpdateUserPoolRequest } from "@aws-sdk/client-cognito-identity-provider";
import { exception, invalidParameter } from "../exceptions";

/**
 * Refuses settings of a pool's triggers that AWS refuses and the emulator accepts.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export function checkTriggerSettings({
  LambdaConfig = {},
  UserPoolTier,
  UserPoolAddOns,
}: Partial<UpdateUserPoolRequest>): void {
  const version = LambdaConfig.PreTokenGenerationConfig?.LambdaVersion ?? "V1_0";
  // Advanced security is what the tiers replaced. A pool that has it keeps version 2.
  const hasAdvancedSecurity = (UserPoolAddOns?.AdvancedSecurityMode ?? "OFF") !== "OFF";
  if (UserPoolTier === "LITE" && version !== "V1_0" && !(hasAdvancedSecurity && version === "V2_0"))
    throw exception(
      "FeatureUnavailableInTierException",
      `PreTokenGeneration events of version ${version} are not available in the tier LITE.`,
    );
  if ((LambdaConfig.CustomEmailSender || LambdaConfig.CustomSMSSender) && !LambdaConfig.KMSKeyID)
    throw invalidParameter("A custom sender needs a KMSKeyID.");
}
