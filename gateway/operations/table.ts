import type { Trigger } from "../triggers/trigger-names";
import * as account from "./account";
import { adminCreateUser } from "./admin-create-user";
import * as confirm from "./confirm-sign-up";
import * as forgot from "./forgot-password";
import * as groups from "./group-membership";
import { initiateAuth } from "./initiate-auth";
import * as linked from "./linked-identities";
import { listUsers, listUsersInGroup } from "./list-users";
import { setMfaPreference } from "./mfa-preference";
import {
  fromAdmin,
  fromAdminForClient,
  fromAdminForUser,
  fromClient,
  fromClientForUser,
  fromRegistrant,
  fromUser,
  type OperationTable,
} from "./operation";
import * as tokens from "./refresh-token";
import { respondToAuthChallenge } from "./respond-to-auth-challenge";
import * as password from "./set-password";
import { signUp } from "./sign-up";
import * as app from "./software-token";
import * as attributes from "./user-attributes";

/** The triggers of operations that send a message. */
const message: Trigger[] = ["CustomMessage", "CustomEmailSender", "CustomSMSSender"];
const challenge: Trigger[] = ["DefineAuthChallenge", "CreateAuthChallenge"];
const success: Trigger[] = ["PostAuthentication", "PreTokenGeneration"];
const signIn: Trigger[] = ["UserMigration", "PreAuthentication", ...challenge, ...success];
const response: Trigger[] = ["VerifyAuthChallengeResponse", ...challenge, ...success];

/**
 * Every operation on users that the gateway serves: who calls and about whom, what serves it, which further members it
 * needs, and which triggers it runs.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
 */
export const operations = {
  SignUp: fromClient(signUp, ["Username", "Password"], ["PreSignUp", "PostConfirmation", ...message]),
  ConfirmSignUp: fromClientForUser(confirm.confirmSignUp, ["ConfirmationCode"], ["PostConfirmation"]),
  ResendConfirmationCode: fromClientForUser(confirm.resendConfirmationCode, [], message),

  InitiateAuth: fromClient(initiateAuth, ["AuthFlow"], signIn),
  RespondToAuthChallenge: fromClient(respondToAuthChallenge, ["ChallengeName"], response),
  GetTokensFromRefreshToken: fromClient(tokens.getTokensFromRefreshToken, ["RefreshToken"], ["PreTokenGeneration"]),
  RevokeToken: fromClient(tokens.revokeToken, ["Token"]),
  GlobalSignOut: fromUser(account.signOut, []),

  ForgotPassword: fromClientForUser(forgot.forgotPassword, [], ["UserMigration", ...message]),
  ConfirmForgotPassword: fromClientForUser(
    forgot.confirmForgotPassword,
    ["ConfirmationCode", "Password"],
    ["PostConfirmation"],
  ),
  ChangePassword: fromUser(password.changePassword, ["ProposedPassword"]),

  GetUser: fromUser(account.getUser, []),
  UpdateUserAttributes: fromUser(attributes.updateUserAttributes, ["UserAttributes"], message),
  DeleteUserAttributes: fromUser(attributes.deleteUserAttributes, ["UserAttributeNames"]),
  GetUserAttributeVerificationCode: fromUser(attributes.sendVerificationCode, ["AttributeName"], message),
  VerifyUserAttribute: fromUser(attributes.verifyUserAttribute, ["AttributeName", "Code"]),
  DeleteUser: fromUser(account.deleteUser, []),

  AssociateSoftwareToken: fromRegistrant(app.associateSoftwareToken, []),
  VerifySoftwareToken: fromRegistrant(app.verifySoftwareToken, ["UserCode"]),
  SetUserMFAPreference: fromUser(setMfaPreference, []),

  AdminCreateUser: fromAdmin(adminCreateUser, ["Username"], ["PreSignUp", ...message]),
  AdminConfirmSignUp: fromAdminForUser(confirm.adminConfirmSignUp, [], ["PostConfirmation"]),
  AdminInitiateAuth: fromAdminForClient(initiateAuth, ["AuthFlow"], signIn),
  AdminRespondToAuthChallenge: fromAdminForClient(respondToAuthChallenge, ["ChallengeName"], response),
  AdminSetUserPassword: fromAdminForUser(password.adminSetUserPassword, ["Password"]),
  AdminResetUserPassword: fromAdminForUser(forgot.adminResetUserPassword, [], message),
  AdminUserGlobalSignOut: fromAdminForUser(account.signOut, []),
  AdminEnableUser: fromAdminForUser(account.enableUser, []),
  AdminDisableUser: fromAdminForUser(account.disableUser, []),
  AdminGetUser: fromAdminForUser(account.adminGetUser, []),
  AdminUpdateUserAttributes: fromAdminForUser(attributes.adminUpdateUserAttributes, ["UserAttributes"], message),
  AdminDeleteUserAttributes: fromAdminForUser(attributes.deleteUserAttributes, ["UserAttributeNames"]),
  AdminDeleteUser: fromAdminForUser(account.deleteUser, []),
  AdminSetUserMFAPreference: fromAdminForUser(setMfaPreference, []),
  AdminDeleteSoftwareToken: fromAdminForUser(app.adminDeleteSoftwareToken, []),
  ListUsers: fromAdmin(listUsers, []),
  AdminLinkProviderForUser: fromAdmin(linked.adminLinkProviderForUser, ["DestinationUser", "SourceUser"]),
  AdminDisableProviderForUser: fromAdmin(linked.adminDisableProviderForUser, ["User"]),

  AdminAddUserToGroup: fromAdminForUser(groups.adminAddUserToGroup, ["GroupName"]),
  AdminRemoveUserFromGroup: fromAdminForUser(groups.adminRemoveUserFromGroup, ["GroupName"]),
  AdminListGroupsForUser: fromAdminForUser(groups.adminListGroupsForUser, []),
  ListUsersInGroup: fromAdmin(listUsersInGroup, ["GroupName"]),
} satisfies OperationTable;
