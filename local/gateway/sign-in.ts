import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { missing } from "./attributes";
import { ask } from "./challenges";
import { checkFlow, checkSecret, hidesUsers } from "./client";
import type { AtClient } from "./context";
import { invalidParameter, notAuthorized, notServed, refusal, userNotFound, wrongPassword } from "./errors";
import type { Checked } from "./input";
import { checkUsername } from "./pool";
import type { Occasion } from "./pre-token-generation";
import { refreshSession, startSession } from "./sessions";
import { isPublicKey, passwordMatches, serverKeys } from "./srp";
import { type Metadata, runTrigger } from "./triggers";
import { secretsOf } from "./unknown-users";
import { attributesWithStatus, findUser, type User } from "./users";

/** One request of a sign-in: the first, or the answer to a challenge. */
export interface Attempt {
  readonly at: AtClient;
  readonly parameters: Readonly<Record<string, string>>;
  readonly metadata: Metadata;
}

type Flow = (attempt: Attempt) => Promise<Cognito.InitiateAuthResponse>;
interface FlowRow {
  /** What the client must allow. */
  readonly allowed: string;
  /** Which of the two operations serves it. */
  readonly by: "anyone" | "administrator" | "both";
  readonly run: Flow;
}

const adminPassword = "ADMIN_USER_PASSWORD_AUTH";
const flows = new Map<string, FlowRow>([
  ["USER_PASSWORD_AUTH", { allowed: "USER_PASSWORD_AUTH", by: "anyone", run: withPassword }],
  ["ADMIN_USER_PASSWORD_AUTH", { allowed: adminPassword, by: "administrator", run: withPassword }],
  ["ADMIN_NO_SRP_AUTH", { allowed: adminPassword, by: "administrator", run: withPassword }],
  ["USER_SRP_AUTH", { allowed: "USER_SRP_AUTH", by: "both", run: withSrp }],
  ["REFRESH_TOKEN_AUTH", { allowed: "REFRESH_TOKEN_AUTH", by: "both", run: withRefreshToken }],
  ["REFRESH_TOKEN", { allowed: "REFRESH_TOKEN_AUTH", by: "both", run: withRefreshToken }],
]);

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html */
export async function initiateAuth(
  at: AtClient,
  { AuthFlow, AuthParameters = {}, ClientMetadata }: Checked<Cognito.InitiateAuthRequest>,
): Promise<Cognito.InitiateAuthResponse> {
  const flow = flows.get(AuthFlow);
  if (!flow) throw notServed(`the sign-in flow ${AuthFlow}`);
  if (flow.by !== "both" && (flow.by === "administrator") !== at.signed)
    throw invalidParameter("Initiate Auth method not supported.");
  checkFlow(at.client, flow.allowed);
  if (at.pool.MfaConfiguration === "ON") throw notServed("pools that require a second factor");
  return flow.run({ at, parameters: AuthParameters, metadata: ClientMetadata });
}

export function parameter(parameters: Attempt["parameters"], name: string): string {
  const value = parameters[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** Who wants to sign in, after the trigger that may refuse them; undefined where nobody has the name. */
async function admit(attempt: Attempt): Promise<{ typed: string; user?: User }> {
  const { at, parameters, metadata } = attempt;
  const typed = parameter(parameters, "USERNAME");
  checkUsername(typed);
  const user = findUser(at, typed);
  checkSecret(at.client, [typed, user?.username ?? typed], parameters.SECRET_HASH);
  if (!user && !hidesUsers(at.client)) throw userNotFound();
  await runTrigger(at, {
    trigger: "PreAuthentication",
    source: "PreAuthentication_Authentication",
    userName: user?.username ?? typed,
    request: {
      userAttributes: user ? attributesWithStatus(user) : {},
      validationData: metadata ?? null,
      ...(user ? {} : { userNotFound: true }),
    },
    response: {},
  });
  return { typed, user };
}

async function withPassword(attempt: Attempt): Promise<Cognito.InitiateAuthResponse> {
  const { at, parameters } = attempt;
  const password = parameter(parameters, "PASSWORD");
  const { typed, user } = await admit(attempt);
  const { username, kept } = await secretsOf(at, typed, user);
  // The sum is done for unknown users too, so that the time of the answer says nothing.
  const right = passwordMatches(at.poolId, username, password, kept);
  if (!user?.password || !right) throw wrongPassword();
  // What the caller sent along was for the trigger before; the one for tokens never sees it.
  return signedIn(at, user, { source: "TokenGeneration_Authentication" });
}

/** What the answer to PASSWORD_VERIFIER is judged by; `username` is absent for an unknown user. */
export interface SrpState {
  readonly typed: string;
  readonly identity: string;
  readonly username?: string;
  readonly A: string;
  readonly b: string;
  readonly verifier: string;
}

async function withSrp(attempt: Attempt): Promise<Cognito.InitiateAuthResponse> {
  const { at, parameters } = attempt;
  const A = parameter(parameters, "SRP_A");
  if (!isPublicKey(A)) throw invalidParameter("SRP_A is not a valid public key.");
  const { typed, user } = await admit(attempt);
  const { username, kept } = await secretsOf(at, typed, user);
  const { b, B } = serverKeys(kept.verifier);
  const state: SrpState = {
    typed,
    identity: username,
    username: user?.password && user.username,
    A,
    b,
    verifier: kept.verifier,
  };
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      SALT: kept.salt,
      SECRET_BLOCK: await ask(at, "PASSWORD_VERIFIER", state),
      SRP_B: B,
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}

async function withRefreshToken({ at, parameters }: Attempt) {
  const token = parameter(parameters, "REFRESH_TOKEN");
  const prove = (names: readonly string[]) => checkSecret(at.client, names, parameters.SECRET_HASH);
  return {
    AuthenticationResult: await refreshSession(at, token, undefined, prove),
    ChallengeParameters: {},
  };
}

/** The password was right; what the account's state makes of that. */
export async function signedIn(at: AtClient, user: User, occasion: Occasion): Promise<Cognito.InitiateAuthResponse> {
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") throw refusal("UserNotConfirmedException", "User is not confirmed.");
  if (user.status === "RESET_REQUIRED")
    throw refusal("PasswordResetRequiredException", "Password reset required for the user");
  if (user.status === "FORCE_CHANGE_PASSWORD") return askForNewPassword(at, user);
  return {
    AuthenticationResult: await startSession(at, user, occasion),
    ChallengeParameters: {},
  };
}

async function askForNewPassword(at: AtClient, user: User): Promise<Cognito.InitiateAuthResponse> {
  if (user.temporaryUntil && user.temporaryUntil < Date.now())
    throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
  const wanted = missing(at.pool, user.attributes).map((name) => `userAttributes.${name}`);
  const state = { username: user.username };
  return {
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: await ask(at, "NEW_PASSWORD_REQUIRED", state),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(wanted),
      userAttributes: JSON.stringify(user.attributes),
    },
  };
}
