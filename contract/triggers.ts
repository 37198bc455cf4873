/**
 * Cognito's triggers, spelt as in a pool's `LambdaConfig` and in the trigger sources of events.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export const COGNITO_TRIGGERS = [
  "PreSignUp",
  "PostConfirmation",
  "UserMigration",
  "PreAuthentication",
  "PostAuthentication",
  "DefineAuthChallenge",
  "CreateAuthChallenge",
  "VerifyAuthChallengeResponse",
  "PreTokenGeneration",
  "CustomMessage",
  "CustomEmailSender",
  "CustomSMSSender",
] as const;

export type CognitoTrigger = (typeof COGNITO_TRIGGERS)[number];
