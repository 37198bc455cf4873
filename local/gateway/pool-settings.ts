import type { UpdateUserPoolRequest } from "@aws-sdk/client-cognito-identity-provider";
import { invalidParameter, refusal } from "./errors";

/**
 * Refuses settings of a pool's triggers that AWS refuses and the emulator takes.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export function checkTriggers({
  LambdaConfig = {},
  UserPoolTier,
  UserPoolAddOns,
}: Partial<UpdateUserPoolRequest>): void {
  const version = LambdaConfig.PreTokenGenerationConfig?.LambdaVersion ?? "V1_0";
  // A pool that still pays for what the tiers replaced keeps the second version.
  const paid = (UserPoolAddOns?.AdvancedSecurityMode ?? "OFF") !== "OFF";
  if (UserPoolTier === "LITE" && version !== "V1_0" && !(paid && version === "V2_0"))
    throw refusal(
      "FeatureUnavailableInTierException",
      `PreTokenGeneration events of version ${version} are not available in the tier LITE.`,
    );
  if ((LambdaConfig.CustomEmailSender || LambdaConfig.CustomSMSSender) && !LambdaConfig.KMSKeyID)
    throw invalidParameter("A custom sender needs a KMSKeyID.");
}
