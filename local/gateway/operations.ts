import type { IncomingHttpHeaders } from "node:http";
import * as account from "./account";
import * as attributes from "./attribute-changes";
import { respondToAuthChallenge } from "./challenge-answers";
import { atClient, type Context, inPool } from "./context";
import * as groups from "./groups";
import type { Input } from "./input";
import { adminCreateUser } from "./invitations";
import { listUsers, listUsersInGroup } from "./list-users";
import * as password from "./password";
import { bearer } from "./sessions";
import { initiateAuth } from "./sign-in";
import * as signUp from "./sign-up";
import type { Trigger } from "./triggers";
import { chosen, named } from "./users";

interface Operation {
  /** Signed operations are an administrator's, and IAM decides; the others carry their own proof. */
  readonly signed: boolean;
  readonly needs: readonly string[];
  readonly run: (context: Context, input: Input) => Promise<object>;
  readonly triggers: readonly Trigger[];
}

/** Operations that say in one way whom they are about; `find` finds that out before they run. */
const kind =
  <Who>(signed: boolean, needs: string, find: (at: Context, input: Input) => Promise<Who>) =>
  (run: (who: Who, input: never) => Promise<unknown>, more = "", ...triggers: Trigger[]): Operation => ({
    signed,
    needs: `${needs} ${more}`.trim().split(" "),
    // What an operation needs is checked before it runs, and so has the type that it asks for.
    run: async (context, input) => ({
      ...((await run(await find(context, input), input as never)) as object | undefined),
    }),
    triggers,
  });

const client = kind(false, "ClientId", atClient);
const byName = kind(false, "ClientId Username", named);
const byToken = kind(false, "AccessToken", bearer);
const admin = kind(true, "UserPoolId", inPool);
const adminClient = kind(true, "UserPoolId ClientId", atClient);
const ofUser = kind(true, "UserPoolId Username", chosen);

/** What runs where a message is sent. */
const sends: Trigger[] = ["CustomMessage", "CustomEmailSender", "CustomSMSSender"];
const challenge: Trigger[] = ["DefineAuthChallenge", "CreateAuthChallenge"];
const success: Trigger[] = ["PostAuthentication", "PreTokenGeneration"];
const signIn: [string, ...Trigger[]] = ["AuthFlow", "UserMigration", "PreAuthentication", ...challenge, ...success];
const answer: [string, ...Trigger[]] = ["ChallengeName", "VerifyAuthChallengeResponse", ...challenge, ...success];

/**
 * Every operation on users that is served: who may call it and for whom, what it needs besides,
 * and which triggers it runs.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
 */
export const operations: Readonly<Record<string, Operation>> = {
  SignUp: client(signUp.signUp, "Username Password", "PreSignUp", "PostConfirmation", ...sends),
  ConfirmSignUp: byName(signUp.confirmSignUp, "ConfirmationCode", "PostConfirmation"),
  ResendConfirmationCode: byName(signUp.resendConfirmationCode, "", ...sends),

  InitiateAuth: client(initiateAuth, ...signIn),
  RespondToAuthChallenge: client(respondToAuthChallenge, ...answer),
  GetTokensFromRefreshToken: client(account.refresh, "RefreshToken", "PreTokenGeneration"),
  RevokeToken: client(account.revokeToken, "Token"),
  GlobalSignOut: byToken(account.signOut),

  ForgotPassword: byName(password.forgotPassword, "", "UserMigration", ...sends),
  ConfirmForgotPassword: byName(password.confirmForgotPassword, "ConfirmationCode Password", "PostConfirmation"),
  ChangePassword: byToken(password.changePassword, "ProposedPassword"),

  GetUser: byToken(account.getUser),
  UpdateUserAttributes: byToken(attributes.update, "UserAttributes", ...sends),
  DeleteUserAttributes: byToken(attributes.remove, "UserAttributeNames"),
  GetUserAttributeVerificationCode: byToken(attributes.sendNewCode, "AttributeName", ...sends),
  VerifyUserAttribute: byToken(attributes.verify, "AttributeName Code"),
  DeleteUser: byToken(account.remove),

  AdminCreateUser: admin(adminCreateUser, "Username", "PreSignUp", ...sends),
  AdminConfirmSignUp: ofUser(signUp.adminConfirmSignUp, "", "PostConfirmation"),
  AdminInitiateAuth: adminClient(initiateAuth, ...signIn),
  AdminRespondToAuthChallenge: adminClient(respondToAuthChallenge, ...answer),
  AdminSetUserPassword: ofUser(password.adminSetUserPassword, "Password"),
  AdminResetUserPassword: ofUser(password.adminResetUserPassword, "", ...sends),
  AdminUserGlobalSignOut: ofUser(account.signOut),
  AdminEnableUser: ofUser(account.enable),
  AdminDisableUser: ofUser(account.disable),
  AdminGetUser: ofUser(account.adminGetUser),
  AdminUpdateUserAttributes: ofUser(attributes.adminUpdate, "UserAttributes", ...sends),
  AdminDeleteUserAttributes: ofUser(attributes.remove, "UserAttributeNames"),
  AdminDeleteUser: ofUser(account.remove),
  ListUsers: admin(listUsers),

  AdminAddUserToGroup: ofUser(groups.join, "GroupName"),
  AdminRemoveUserFromGroup: ofUser(groups.leave, "GroupName"),
  AdminListGroupsForUser: ofUser(groups.adminListGroupsForUser),
  ListUsersInGroup: admin(listUsersInGroup, "GroupName"),
};

const target = "AWSCognitoIdentityProviderService.";

/** The operation of the Cognito API that a request is for, if it is for one. */
export function operationOf({ "x-amz-target": header }: IncomingHttpHeaders): string | undefined {
  return typeof header === "string" && header.startsWith(target) ? header.slice(target.length) : undefined;
}

/** The row of an operation that is served here. */
export const operationNamed = (name: string): Operation | undefined =>
  Object.hasOwn(operations, name) ? operations[name] : undefined;

/** Operations that anybody may call, with no signature; one that AWS has and we do not is answered as such. */
export const isPublic = (name: string | undefined) =>
  name !== undefined && !isConfiguration(name) && !operationNamed(name)?.signed;

/** Operations on what a pool is, and not on who is in it: these are the emulator's. */
export const isConfiguration = (operation: string) =>
  /^(Add|Create|Delete|Describe|Get|List|Set|Tag|Untag|Update)(CSVHeader|CustomAttributes|Groups?|IdentityProvider\w*|LogDeliveryConfiguration|ManagedLoginBranding\w*|Resource|ResourceServers?|RiskConfiguration|TagsForResource|Terms|UICustomization|UserPool\w*)$/.test(
    operation,
  );
