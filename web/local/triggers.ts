import type { CognitoTrigger } from "../../contract/triggers";

/** What each trigger is for, in one sentence. */
export const purposes: Readonly<Record<CognitoTrigger, string>> = {
  PreSignUp: "Runs before the user is created. It can refuse, or confirm the user without a code.",
  PostConfirmation: "Runs after the user is confirmed, for example to put the user into a group.",
  PreAuthentication: "Runs before Cognito checks the password. It can refuse.",
  PostAuthentication: "Runs after the sign-in, for example to record it.",
  UserMigration: "Runs when the user name is unknown. It can create the user from another directory.",
  DefineAuthChallenge: "Decides how the sign-in continues: with a challenge, with tokens, or not at all.",
  CreateAuthChallenge: "Makes the challenge and its right answer.",
  VerifyAuthChallengeResponse: "Decides whether the answer is right.",
  PreTokenGeneration: "Runs before tokens are issued, also at a refresh. It can refuse, or change the claims.",
  CustomMessage: "Writes the text of a message before Cognito sends it.",
  CustomEmailSender: "Sends the mail instead of Cognito.",
  CustomSMSSender: "Sends the text message instead of Cognito.",
};
