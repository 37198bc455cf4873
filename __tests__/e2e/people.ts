import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminSetUserPasswordCommand,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { codeFor, cognito, eventually, type Ids, mailsTo, noted, PASSWORD, signUpTo, uniqueName } from "./cloud";

/** An address that nobody has yet. */
export const newAddress = () => `${uniqueName()}@example.org`;
/** A new address, once the code that was mailed to it came. */
export const mailed = (address: string, count = 1) =>
  eventually(async () => ((await mailsTo(address)).length >= count ? codeFor(address) : undefined));
/** Types the code of a sign-up. */
export const confirm = (Username: string, ConfirmationCode: string, { clientId: ClientId }: Ids) =>
  cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));

/** Somebody who signed up and typed the code. */
export async function newUser(ids: Ids, attributes: Record<string, string> = {}): Promise<string> {
  const address = newAddress();
  await signUpTo(ids, address, { email: address, ...attributes });
  await confirm(address, await mailed(address), ids);
  return address;
}

/** Makes somebody as an administrator does, with a password for good, so that no sign-up stands in the way. */
export async function createdUser(
  { userPoolId: UserPoolId }: Ids,
  Username: string,
  attributes: Record<string, string> = {},
): Promise<void> {
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, MessageAction: "SUPPRESS" }));
  const Password = PASSWORD;
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
}

/** What an administrator sees of somebody. */
export const attributesOf = async ({ userPoolId: UserPoolId }: Ids, Username: string) => {
  const user = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
  return Object.fromEntries((user.UserAttributes ?? []).map(({ Name = "", Value = "" }) => [Name, Value]));
};

/** The groups that somebody is in. */
export const groupsOf = async ({ userPoolId: UserPoolId }: Ids, Username: string) => {
  const { Groups = [] } = await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
  return Groups.map(({ GroupName }) => GroupName);
};

/** Signs in by sending the password itself. */
export const withPassword = async ({ clientId: ClientId }: Ids, USERNAME: string, password = PASSWORD) => {
  const AuthParameters = { USERNAME, PASSWORD: password };
  return noted(
    await cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters })),
  );
};

/** Gets new tokens. */
export const refresh = ({ clientId: ClientId }: Ids, REFRESH_TOKEN = "") =>
  cognito.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN } }),
  );

/** Begins a sign-in without a password. */
export const beginCode = async ({ clientId: ClientId }: Ids, USERNAME: string) =>
  noted(
    await cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "CUSTOM_AUTH", AuthParameters: { USERNAME } })),
  );

/** Types the code of a sign-in without a password. */
export async function answerCode({ clientId: ClientId }: Ids, USERNAME: string, ANSWER: string, Session?: string) {
  const answer = await cognito.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName: "CUSTOM_CHALLENGE",
      Session,
      ChallengeResponses: { USERNAME, ANSWER },
    }),
  );
  return noted(answer);
}
