import type { ClientContext } from "../context";
import { exception, invalidParameter, userNotFound, wrongPassword } from "../exceptions";
import { hidesUsers } from "../pools/app-client";
import { flag, text, textRecord } from "../triggers/response";
import { runTrigger } from "../triggers/run-trigger";
import { type Metadata, userEvent } from "../triggers/user-event";
import { usernameFor } from "../users/unknown-users";
import type { User } from "../users/user";
import { findUser } from "../users/user-store";
import { closeChallenge, invalidSession, openChallenge } from "./challenge-sessions";
import { completeSignIn } from "./complete-sign-in";
import type { ChallengeResult, CustomAuthState } from "./custom-auth-state";
import { askForPassword, publicKey } from "./password-verifier";
import {
  type ChallengeResponse,
  findSigningIn,
  isSameUser,
  parameter,
  type SignInRequest,
  type SignInResult,
} from "./sign-in-request";

/** The state of the challenge CUSTOM_CHALLENGE. The private parameters never leave the gateway. */
interface CustomChallengeState {
  readonly customAuth: CustomAuthState;
  readonly privateParameters: Readonly<Record<string, string>>;
  readonly challengeMetadata: string | null;
}

/** AWS names no limit. Without one, a custom authentication could grow without end. */
const mostResults = 50;

/**
 * Starts a custom authentication. The client metadata of this request reaches none of its functions.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
 */
export async function startCustomAuth(request: SignInRequest): Promise<SignInResult> {
  const { context, parameters } = request;
  const { typed, user } = findSigningIn(request);
  const A = parameters.CHALLENGE_NAME === "SRP_A" ? publicKey(parameters) : undefined;
  if (!user && !hidesUsers(context.client)) throw userNotFound();
  const username = await usernameFor(context, typed, user);
  const state: CustomAuthState = { typed, username, sub: user?.sub, A, results: [] };
  return A ? continueCustomAuth(context, state, "SRP_A", true) : defineChallenge(context, state, undefined);
}

/** Has VerifyAuthChallengeResponse check the response to CUSTOM_CHALLENGE. */
export async function verifyCustomChallenge(response: ChallengeResponse): Promise<SignInResult> {
  const { context, parameters, metadata, session = "" } = response;
  const challengeAnswer = parameter(parameters, "ANSWER");
  const { typed } = findSigningIn(response);
  const state = await closeChallenge<CustomChallengeState>(context, "CUSTOM_CHALLENGE", session);
  const { customAuth, privateParameters, challengeMetadata } = state;
  if (!isSameUser(context, customAuth, typed)) throw invalidSession();
  const request = { privateChallengeParameters: privateParameters, challengeAnswer };
  const empty = { answerCorrect: null };
  const answer = await runFunction(context, "VerifyAuthChallengeResponse", customAuth, metadata, request, empty);
  const isCorrect = flag(answer, "answerCorrect");
  return continueCustomAuth(context, customAuth, "CUSTOM_CHALLENGE", isCorrect, metadata, challengeMetadata);
}

/** Adds the result of a challenge, and has DefineAuthChallenge decide what comes next. */
export function continueCustomAuth(
  context: ClientContext,
  state: CustomAuthState,
  challengeName: ChallengeResult["challengeName"],
  challengeResult: boolean,
  metadata?: Metadata,
  challengeMetadata: string | null = null,
): Promise<SignInResult> {
  const results = [...state.results, { challengeName, challengeResult, challengeMetadata }];
  if (results.length > mostResults) throw wrongPassword();
  return defineChallenge(context, { ...state, results }, metadata);
}

async function defineChallenge(
  context: ClientContext,
  state: CustomAuthState,
  metadata: Metadata,
): Promise<SignInResult> {
  const request = { session: state.results };
  const empty = { challengeName: null, issueTokens: null, failAuthentication: null };
  const next = await runFunction(context, "DefineAuthChallenge", state, metadata, request, empty);
  const [fails, succeeds] = [flag(next, "failAuthentication"), flag(next, "issueTokens")];
  const challenge = text(next, "challengeName");
  const user = userOf(context, state);
  if (succeeds && user && !fails)
    return completeSignIn(context, user, { source: "TokenGeneration_Authentication", metadata });
  // A user who does not exist gets no tokens, whatever the function decides.
  if (fails || succeeds || challenge === null) throw wrongPassword();
  if (challenge === "CUSTOM_CHALLENGE") return createChallenge(context, state, metadata);
  if (challenge === "PASSWORD_VERIFIER" && state.A) return askForPassword(context, state.A, state.typed, user, state);
  throw exception("InvalidLambdaResponseException", `DefineAuthChallenge cannot ask for ${challenge} here.`);
}

async function createChallenge(
  context: ClientContext,
  customAuth: CustomAuthState,
  metadata: Metadata,
): Promise<SignInResult> {
  const request = { challengeName: "CUSTOM_CHALLENGE", session: customAuth.results };
  const empty = { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null };
  const created = await runFunction(context, "CreateAuthChallenge", customAuth, metadata, request, empty);
  const publicParameters = textRecord(created, "publicChallengeParameters");
  const state: CustomChallengeState = {
    customAuth,
    privateParameters: textRecord(created, "privateChallengeParameters") ?? {},
    challengeMetadata: text(created, "challengeMetadata"),
  };
  return {
    ChallengeName: "CUSTOM_CHALLENGE",
    Session: await openChallenge(context, "CUSTOM_CHALLENGE", state),
    ChallengeParameters: { ...publicParameters, USERNAME: customAuth.username },
  };
}

/** The user as stored now; undefined where the user was deleted, even if another user has the name now. */
function userOf(context: ClientContext, { username, sub }: CustomAuthState): User | undefined {
  const user = findUser(context, username);
  return user?.sub === sub ? user : undefined;
}

async function runFunction(
  context: ClientContext,
  trigger: "DefineAuthChallenge" | "CreateAuthChallenge" | "VerifyAuthChallengeResponse",
  state: CustomAuthState,
  metadata: Metadata,
  request: object,
  response: Readonly<Record<string, null>>,
): Promise<Record<string, unknown>> {
  const user = userOf(context, state);
  const answer = await runTrigger(context, {
    trigger,
    source: `${trigger}_Authentication`,
    ...userEvent(user ?? state.typed, { ...request, userNotFound: !user }, metadata),
    response,
  });
  if (!answer) throw invalidParameter("Custom auth lambda trigger is not configured for the user pool.");
  return answer;
}
