import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { type Answer, claimant, isNamed, parameter, type Reply } from "./attempt";
import { checkComplete, checkSchema, checkWritable, overwritten } from "./attributes";
import { answered } from "./challenges";
import { checkSecret } from "./client";
import type { AtClient } from "./context";
import { answerQuestion, proceed } from "./custom-auth";
import { invalidParameter, notAuthorized, notServed, wrongPassword } from "./errors";
import type { Checked } from "./input";
import { checkPassword } from "./pool";
import { signedIn } from "./signed-in";
import { makeVerifier, signatureMatches } from "./srp";
import type { SrpState } from "./srp-challenge";
import { changeUser, findUser } from "./users";

type Judge = (answer: Answer) => Promise<Reply>;
const challenges = new Map<string, Judge>([
  ["PASSWORD_VERIFIER", verifyPassword],
  ["NEW_PASSWORD_REQUIRED", setNewPassword],
  ["CUSTOM_CHALLENGE", answerQuestion],
]);

export async function respondToAuthChallenge(
  at: AtClient,
  input: Checked<Cognito.RespondToAuthChallengeRequest>,
): Promise<Reply> {
  const judge = challenges.get(input.ChallengeName);
  if (!judge) throw notServed(`the challenge ${input.ChallengeName}`);
  const [parameters, metadata] = [input.ChallengeResponses ?? {}, input.ClientMetadata];
  return judge({ at, parameters, metadata, session: input.Session });
}

/** The date as Java's `EEE MMM d HH:mm:ss z yyyy` writes it. */
const timestampFormat =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2} \d{2}:\d{2}:\d{2} [A-Z]{3,4} \d{4}$/;

async function verifyPassword({ at, parameters, metadata }: Answer) {
  const typed = parameter(parameters, "USERNAME");
  const secretBlock = parameter(parameters, "PASSWORD_CLAIM_SECRET_BLOCK");
  const signature = parameter(parameters, "PASSWORD_CLAIM_SIGNATURE");
  const timestamp = parameter(parameters, "TIMESTAMP");
  if (!timestampFormat.test(timestamp))
    throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english");
  const state = await answered<SrpState>(at, "PASSWORD_VERIFIER", secretBlock);
  checkSecret(at.client, [typed, state.identity], parameters.SECRET_HASH);
  const claim = { ...state, poolId: at.poolId, username: state.identity, secretBlock, timestamp };
  const right = signatureMatches(claim, signature) && isNamed(at, state, typed);
  const user = state.username ? findUser(at, state.username) : undefined;
  // A password that was changed since the handshake began no longer opens anything.
  if (!right || !user || user.password?.verifier !== state.verifier) throw wrongPassword();
  if (state.dialogue) return proceed(at, state.dialogue, "PASSWORD_VERIFIER", true, metadata);
  return signedIn(at, user, { source: "TokenGeneration_Authentication", metadata });
}

async function setNewPassword(answer: Answer) {
  const { at, parameters, metadata, session } = answer;
  const { user: found } = claimant(answer);
  const password = parameter(parameters, "NEW_PASSWORD");
  checkPassword(at.pool, password);
  const prefix = "userAttributes.";
  const given = Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
  checkWritable(at.client, Object.keys(given));
  checkSchema(at.pool, given, true);
  if (found) checkComplete(at.pool, { ...found.attributes, ...given });
  const state = await answered<{ username: string }>(at, "NEW_PASSWORD_REQUIRED", session ?? "");
  if (found?.username !== state.username) throw notAuthorized("Invalid session for the user.");
  const kept = makeVerifier(at.poolId, found.username, password);
  const user = await changeUser(at, found, ({ attributes, status }) => {
    if (status !== "FORCE_CHANGE_PASSWORD") throw notAuthorized("Invalid session for the user.");
    return {
      attributes: overwritten(attributes, given),
      status: "CONFIRMED",
      password: kept,
      temporaryUntil: undefined,
    };
  });
  return signedIn(at, user, { source: "TokenGeneration_NewPasswordChallenge", metadata });
}
