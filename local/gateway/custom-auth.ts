import { type Answer, type Attempt, claimant, isNamed, type Names, parameter, type Reply } from "./attempt";
import { answered, ask } from "./challenges";
import { hidesUsers } from "./client";
import type { AtClient } from "./context";
import { invalidParameter, notAuthorized, refusal, userNotFound, wrongPassword } from "./errors";
import { flag, text, textRecord } from "./responses";
import { signedIn } from "./signed-in";
import { askForPassword, publicKey } from "./srp-challenge";
import { type Metadata, runTrigger } from "./triggers";
import { nameOf } from "./unknown-users";
import { about, findUser, type User } from "./users";

/** A challenge that was answered, as the functions see it. */
interface Step {
  readonly challengeName: "SRP_A" | "PASSWORD_VERIFIER" | "CUSTOM_CHALLENGE";
  readonly challengeResult: boolean;
  readonly challengeMetadata: string | null;
}

/** A sign-in that the pool's functions conduct, as far as it has come. */
export interface Dialogue extends Names {
  /** Whose sign-in it is; absent where nobody has the name. */
  readonly sub?: string;
  /** The client's public key, where it is ready to be asked for the password. */
  readonly A?: string;
  readonly steps: readonly Step[];
}

/** What the answer to CUSTOM_CHALLENGE is judged by: the client never sees the `secrets`. */
interface Question {
  readonly dialogue: Dialogue;
  readonly secrets: Readonly<Record<string, string>>;
  readonly challengeMetadata: string | null;
}

/** Cognito says of no number of answers that it is too many; without one a dialogue could grow for ever. */
const longest = 50;

/**
 * Begins a sign-in that is the functions' to decide. What the caller sends along here reaches none of them.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
 */
export async function startDialogue(attempt: Attempt): Promise<Reply> {
  const { at, parameters } = attempt;
  const { typed, user } = claimant(attempt);
  const A = parameters.CHALLENGE_NAME === "SRP_A" ? publicKey(parameters) : undefined;
  if (!user && !hidesUsers(at.client)) throw userNotFound();
  const dialogue: Dialogue = { typed, identity: await nameOf(at, typed, user), sub: user?.sub, A, steps: [] };
  return A ? proceed(at, dialogue, "SRP_A", true) : decide(at, dialogue, undefined);
}

/** The client's answer to the functions' own challenge. */
export async function answerQuestion(answer: Answer): Promise<Reply> {
  const { at, parameters, metadata, session = "" } = answer;
  const challengeAnswer = parameter(parameters, "ANSWER");
  const { typed } = claimant(answer);
  const { dialogue, secrets, challengeMetadata } = await answered<Question>(at, "CUSTOM_CHALLENGE", session);
  if (!isNamed(at, dialogue, typed)) throw notAuthorized("Invalid session for the user.");
  const request = { privateChallengeParameters: secrets, challengeAnswer };
  const empty = { answerCorrect: null };
  const verdict = await run(at, "VerifyAuthChallengeResponse", dialogue, metadata, request, empty);
  return proceed(at, dialogue, "CUSTOM_CHALLENGE", flag(verdict, "answerCorrect"), metadata, challengeMetadata);
}

/** Notes how a challenge was answered, and asks what comes next. */
export function proceed(
  at: AtClient,
  dialogue: Dialogue,
  challengeName: Step["challengeName"],
  challengeResult: boolean,
  metadata?: Metadata,
  challengeMetadata: string | null = null,
): Promise<Reply> {
  const steps = [...dialogue.steps, { challengeName, challengeResult, challengeMetadata }];
  if (steps.length > longest) throw wrongPassword();
  return decide(at, { ...dialogue, steps }, metadata);
}

async function decide(at: AtClient, dialogue: Dialogue, metadata: Metadata): Promise<Reply> {
  const request = { session: dialogue.steps };
  const empty = { challengeName: null, issueTokens: null, failAuthentication: null };
  const next = await run(at, "DefineAuthChallenge", dialogue, metadata, request, empty);
  const [failed, done] = [flag(next, "failAuthentication"), flag(next, "issueTokens")];
  const challenge = text(next, "challengeName");
  const user = userOf(at, dialogue);
  if (done && user && !failed) return signedIn(at, user, { source: "TokenGeneration_Authentication", metadata });
  // Whatever a function says, nobody signs in as somebody who does not exist.
  if (failed || done || challenge === null) throw wrongPassword();
  if (challenge === "CUSTOM_CHALLENGE") return askQuestion(at, dialogue, metadata);
  if (challenge === "PASSWORD_VERIFIER" && dialogue.A)
    return askForPassword(at, dialogue.A, dialogue.typed, user, dialogue);
  throw refusal("InvalidLambdaResponseException", `DefineAuthChallenge cannot ask for ${challenge} here.`);
}

async function askQuestion(at: AtClient, dialogue: Dialogue, metadata: Metadata): Promise<Reply> {
  const request = { challengeName: "CUSTOM_CHALLENGE", session: dialogue.steps };
  const empty = { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null };
  const made = await run(at, "CreateAuthChallenge", dialogue, metadata, request, empty);
  const shown = textRecord(made, "publicChallengeParameters");
  const question: Question = {
    dialogue,
    secrets: textRecord(made, "privateChallengeParameters") ?? {},
    challengeMetadata: text(made, "challengeMetadata"),
  };
  return {
    ChallengeName: "CUSTOM_CHALLENGE",
    Session: await ask(at, "CUSTOM_CHALLENGE", question),
    ChallengeParameters: { ...shown, USERNAME: dialogue.identity },
  };
}

/** The user as it is now; nobody where it was deleted meanwhile, even if the name has found another. */
function userOf(at: AtClient, { identity, sub }: Dialogue): User | undefined {
  const user = findUser(at, identity);
  return user?.sub === sub ? user : undefined;
}

async function run(
  at: AtClient,
  trigger: "DefineAuthChallenge" | "CreateAuthChallenge" | "VerifyAuthChallengeResponse",
  dialogue: Dialogue,
  metadata: Metadata,
  request: object,
  response: Readonly<Record<string, null>>,
): Promise<Record<string, unknown>> {
  const user = userOf(at, dialogue);
  const answer = await runTrigger(at, {
    trigger,
    source: `${trigger}_Authentication`,
    ...about(user ?? dialogue.typed, { ...request, userNotFound: !user }, metadata),
    response,
  });
  if (!answer) throw invalidParameter("Custom auth lambda trigger is not configured for the user pool.");
  return answer;
}
