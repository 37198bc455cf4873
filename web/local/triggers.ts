import type { CognitoTrigger } from "../../contract/triggers";

/** What each trigger is asked, in one sentence. */
export const purposes: Readonly<Record<CognitoTrigger, string>> = {
  PreSignUp: "Before the user is made: it may refuse, or confirm at once.",
  PostConfirmation: "After an account was confirmed: to welcome somebody, or put them into a group.",
  PreAuthentication: "Before the password is looked at: it may refuse.",
  PostAuthentication: "After the sign-in: to take note of it.",
  UserMigration: "Nobody has this name here: it may bring the user over from elsewhere.",
  DefineAuthChallenge: "What comes next in this sign-in: a question, tokens, or the end.",
  CreateAuthChallenge: "Makes the question, and what answers it.",
  VerifyAuthChallengeResponse: "Whether the answer was right.",
  PreTokenGeneration: "Before tokens are issued, at a refresh too: it may refuse, or change their claims.",
  CustomMessage: "Before a message is sent: its words.",
  CustomEmailSender: "Sends the mail in Cognito's place.",
  CustomSMSSender: "Sends the text message in Cognito's place.",
};
