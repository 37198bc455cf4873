import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

/** The triggers that the gateway runs, by their keys in a pool's `LambdaConfig`. */
export type Trigger =
  | "PreSignUp"
  | "PostConfirmation"
  | "PreAuthentication"
  | "PostAuthentication"
  | "UserMigration"
  | "DefineAuthChallenge"
  | "CreateAuthChallenge"
  | "VerifyAuthChallengeResponse"
  | "PreTokenGeneration"
  | "CustomMessage"
  | SenderTrigger;

/** The triggers that send a message themselves. Cognito calls them asynchronously, and they answer nothing. */
export type SenderTrigger = "CustomEmailSender" | "CustomSMSSender";

/** The ARN of the pool's function for a trigger. A trigger with versions has an object there, PreTokenGeneration both. */
export function functionFor({ LambdaConfig = {} }: UserPoolType, trigger: Trigger): string | undefined {
  const { PreTokenGenerationConfig: versioned, [trigger]: setting } = LambdaConfig;
  if (trigger === "PreTokenGeneration" && versioned?.LambdaArn) return versioned.LambdaArn;
  return typeof setting === "object" ? setting.LambdaArn : setting;
}
