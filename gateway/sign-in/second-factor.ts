import type { ClientContext } from "../context";
import { invalidParameter, notServed } from "../exceptions";
import { limitCodeAttempts } from "../messages/code-attempts";
import type { TokenRequest } from "../triggers/pre-token-generation";
import { factorsOf } from "../users/second-factors";
import { useTimedCode } from "../users/software-token";
import type { SecondFactor, User } from "../users/user";
import { changeUser, findUser } from "../users/user-store";
import { answerChallenge, closeChallenge, invalidSession, openChallenge } from "./challenge-sessions";
import { type ProvenPassword, provenPassword, requireSame } from "./proven-password";
import { type ChallengeResponse, findSigningIn, parameter, type SignInResult } from "./sign-in-request";

/** The state of each challenge about a second factor: also why tokens will be made. */
export interface FactorState extends ProvenPassword {
  readonly source: TokenRequest["source"];
}

/** A user whose second factor was right, and why tokens will be made. */
export interface ProvenUser {
  readonly user: User;
  readonly source: TokenRequest["source"];
}

/**
 * Asks a user who has proven the password for a second factor, or to set one up.
 * @returns undefined where the user needs none
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
 */
export async function askForFactor(
  context: ClientContext,
  user: User,
  source: TokenRequest["source"],
): Promise<SignInResult | undefined> {
  const { MfaConfiguration = "OFF" } = context.pool;
  if (MfaConfiguration === "OFF") return undefined;
  const state: FactorState = { ...provenPassword(user), source };
  const { enabled, preferred } = factorsOf(context.pool, user);
  const [first, ...more] = enabled;
  if (!first) return MfaConfiguration === "ON" ? askForSetup(context, state) : undefined;
  if (preferred || !more.length) return askForCode(context, user, state, preferred ?? first);
  return {
    ChallengeName: "SELECT_MFA_TYPE",
    Session: await openChallenge(context, "SELECT_MFA_TYPE", state),
    ChallengeParameters: { USER_ID_FOR_SRP: user.username, MFAS_CAN_CHOOSE: JSON.stringify(enabled) },
  };
}

async function askForSetup(context: ClientContext, state: FactorState): Promise<SignInResult> {
  const { SoftwareTokenMfaConfiguration: app } = await context.aws.mfaConfig(context.poolId);
  if (!app?.Enabled) throw notServed("second factors other than the codes of an app");
  return {
    ChallengeName: "MFA_SETUP",
    Session: await openChallenge(context, "MFA_SETUP", state),
    ChallengeParameters: { USER_ID_FOR_SRP: state.username, MFAS_CAN_SETUP: JSON.stringify(["SOFTWARE_TOKEN_MFA"]) },
  };
}

async function askForCode(
  context: ClientContext,
  { softwareToken }: User,
  state: FactorState,
  factor: SecondFactor,
): Promise<SignInResult> {
  if (factor === "SMS_MFA") throw notServed("a second factor by text message");
  return {
    ChallengeName: factor,
    Session: await openChallenge(context, factor, state),
    ChallengeParameters: {
      USER_ID_FOR_SRP: state.username,
      ...(softwareToken?.name && { FRIENDLY_DEVICE_NAME: softwareToken.name }),
    },
  };
}

/** The response to SELECT_MFA_TYPE. */
export async function chooseFactor(response: ChallengeResponse): Promise<SignInResult> {
  const { context, parameters, session = "" } = response;
  const answer = parameter(parameters, "ANSWER");
  const { user } = findSigningIn(response);
  const { state, chosen } = await answerChallenge(context, "SELECT_MFA_TYPE", session, async (state: FactorState) => {
    const chosen = factorsOf(context.pool, requireSame(state, user)).enabled.find((factor) => factor === answer);
    if (!chosen) throw invalidParameter(`The user cannot choose ${answer} as a second factor.`);
    return { state, chosen };
  });
  return askForCode(context, requireSame(state, user), state, chosen);
}

/** Checks the response to SOFTWARE_TOKEN_MFA. */
export async function checkTimedCode(response: ChallengeResponse): Promise<ProvenUser> {
  const { context, parameters, session = "" } = response;
  const code = parameter(parameters, "SOFTWARE_TOKEN_MFA_CODE");
  const { user } = findSigningIn(response);
  return answerChallenge(context, "SOFTWARE_TOKEN_MFA", session, async (state: FactorState) => {
    const { username } = requireSame(state, user);
    const use = () =>
      changeUser(context, requireSame(state, user), (fresh) => useTimedCode(requireSame(state, fresh), code));
    return { user: await limitCodeAttempts(context, username, "softwareToken", use), source: state.source };
  });
}

/** The state of MFA_SETUP once the secret was shown. */
export interface SetupState extends FactorState {
  readonly secret: string;
}

/** Checks the response to MFA_SETUP: the session is the one that VerifySoftwareToken gave. */
export async function checkSetup(response: ChallengeResponse): Promise<ProvenUser> {
  const { context, session = "" } = response;
  const { user } = findSigningIn(response);
  const state = await closeChallenge<SetupState>(context, "MFA_SETUP_END", session);
  const proven = requireSame(state, user);
  if (proven.softwareToken?.secret !== state.secret) throw invalidSession();
  return { user: proven, source: state.source };
}

/** The user of a challenge whose request names no user. */
export const userOfState = (context: ClientContext, state: FactorState): User =>
  requireSame(state, findUser(context, state.username));
