import {
  adminCreateUser,
  adminDeleteUser,
  adminGetUser,
  adminSwitchUser,
  adminUserGlobalSignOut,
} from "./admin";
import { respondToAuthChallenge } from "./challenge-answers";
import type { Context } from "./context";
import { listUsers } from "./list-users";
import {
  adminResetUserPassword,
  adminSetUserPassword,
  changePassword,
  confirmForgotPassword,
  forgotPassword,
} from "./password";
import {
  deleteUser,
  getTokensFromRefreshToken,
  getUser,
  globalSignOut,
  revokeToken,
} from "./profile";
import { initiateAuth } from "./sign-in";
import { adminConfirmSignUp, confirmSignUp, resendConfirmationCode, signUp } from "./sign-up";
import type { Trigger } from "./triggers";

/** Its input has been checked for what the operation needs; the rest is as it was sent. */
type Handler = (context: Context, input: never) => Promise<object>;

export interface Operation {
  /** Signed operations are an administrator's, and IAM decides; the others carry their own proof. */
  readonly signed: boolean;
  readonly needs: readonly string[];
  readonly run: Handler;
  readonly triggers: readonly Trigger[];
}

const row =
  (signed: boolean) =>
  (needs: string, run: Handler, ...triggers: Trigger[]): Operation => ({
    signed,
    needs: needs.split(" "),
    run,
    triggers,
  });
const open = row(false);
const admin = row(true);

/** Every operation on users that is served: who may call it, what it needs, and which triggers it runs. */
export const operations: Readonly<Record<string, Operation>> = {
  SignUp: open("ClientId Username Password", signUp, "PreSignUp"),
  ConfirmSignUp: open("ClientId Username ConfirmationCode", confirmSignUp),
  ResendConfirmationCode: open("ClientId Username", resendConfirmationCode),

  InitiateAuth: open("ClientId AuthFlow", initiateAuth, "PreAuthentication"),
  RespondToAuthChallenge: open("ClientId ChallengeName", respondToAuthChallenge),
  GetTokensFromRefreshToken: open("ClientId RefreshToken", getTokensFromRefreshToken),
  RevokeToken: open("ClientId Token", revokeToken),
  GlobalSignOut: open("AccessToken", globalSignOut),

  ForgotPassword: open("ClientId Username", forgotPassword),
  ConfirmForgotPassword: open("ClientId Username ConfirmationCode Password", confirmForgotPassword),
  ChangePassword: open("AccessToken ProposedPassword", changePassword),

  GetUser: open("AccessToken", getUser),
  DeleteUser: open("AccessToken", deleteUser),

  AdminCreateUser: admin("UserPoolId Username", adminCreateUser, "PreSignUp"),
  AdminConfirmSignUp: admin("UserPoolId Username", adminConfirmSignUp),
  AdminInitiateAuth: admin("UserPoolId ClientId AuthFlow", initiateAuth, "PreAuthentication"),
  AdminRespondToAuthChallenge: admin("UserPoolId ClientId ChallengeName", respondToAuthChallenge),
  AdminSetUserPassword: admin("UserPoolId Username Password", adminSetUserPassword),
  AdminResetUserPassword: admin("UserPoolId Username", adminResetUserPassword),
  AdminUserGlobalSignOut: admin("UserPoolId Username", adminUserGlobalSignOut),
  AdminEnableUser: admin("UserPoolId Username", adminSwitchUser(true)),
  AdminDisableUser: admin("UserPoolId Username", adminSwitchUser(false)),
  AdminGetUser: admin("UserPoolId Username", adminGetUser),
  AdminDeleteUser: admin("UserPoolId Username", adminDeleteUser),
  ListUsers: admin("UserPoolId", listUsers),
};

/** Operations on what a pool is, and not on who is in it: these are the emulator's. */
export const isConfiguration = (operation: string) =>
  /^(Add|Create|Delete|Describe|Get|List|Set|Tag|Untag|Update)(CSVHeader|CustomAttributes|Groups?|IdentityProvider\w*|LogDeliveryConfiguration|ManagedLoginBranding\w*|Resource|ResourceServers?|RiskConfiguration|TagsForResource|Terms|UICustomization|UserPool\w*)$/.test(
    operation,
  );
