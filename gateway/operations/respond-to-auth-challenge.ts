import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext } from "../context";
import { invalidParameter, notServed, wrongPassword } from "../exceptions";
import { checkSecret } from "../pools/app-client";
import { closeChallenge } from "../sign-in/challenge-sessions";
import { completeSignIn, continueSignIn } from "../sign-in/complete-sign-in";
import { continueCustomAuth, verifyCustomChallenge } from "../sign-in/custom-auth";
import type { PasswordVerifierState } from "../sign-in/password-verifier";
import { askForFactor, checkSetup, checkTimedCode, chooseFactor, type ProvenUser } from "../sign-in/second-factor";
import { type ChallengeResponse, isSameUser, parameter, type SignInResult } from "../sign-in/sign-in-request";
import { signatureMatches } from "../sign-in/srp";
import { replaceTemporaryPassword } from "../sign-in/temporary-password";
import { findUser } from "../users/user-store";
import type { Checked } from "./request";

const challenges = new Map<string, (response: ChallengeResponse) => Promise<SignInResult>>([
  ["PASSWORD_VERIFIER", verifyPassword],
  ["NEW_PASSWORD_REQUIRED", setNewPassword],
  ["CUSTOM_CHALLENGE", verifyCustomChallenge],
  ["SELECT_MFA_TYPE", chooseFactor],
  ["SOFTWARE_TOKEN_MFA", (response) => endWithFactor(response, checkTimedCode)],
  ["MFA_SETUP", (response) => endWithFactor(response, checkSetup)],
]);

export async function respondToAuthChallenge(
  context: ClientContext,
  input: Checked<Cognito.RespondToAuthChallengeRequest>,
): Promise<SignInResult> {
  const respond = challenges.get(input.ChallengeName);
  if (!respond) throw notServed(`the challenge ${input.ChallengeName}`);
  const [parameters, metadata] = [input.ChallengeResponses ?? {}, input.ClientMetadata];
  return respond({ context, parameters, metadata, session: input.Session });
}

/** A date as Java's `EEE MMM d HH:mm:ss z yyyy` writes it. */
const timestampFormat =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2} \d{2}:\d{2}:\d{2} [A-Z]{3,4} \d{4}$/;

async function verifyPassword({ context, parameters, metadata }: ChallengeResponse): Promise<SignInResult> {
  const typed = parameter(parameters, "USERNAME");
  const secretBlock = parameter(parameters, "PASSWORD_CLAIM_SECRET_BLOCK");
  const signature = parameter(parameters, "PASSWORD_CLAIM_SIGNATURE");
  const timestamp = parameter(parameters, "TIMESTAMP");
  if (!timestampFormat.test(timestamp))
    throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english");
  const state = await closeChallenge<PasswordVerifierState>(context, "PASSWORD_VERIFIER", secretBlock);
  checkSecret(context.client, [typed, state.username], parameters.SECRET_HASH);
  const handshake = { ...state, poolId: context.poolId, secretBlock, timestamp };
  const isRight = signatureMatches(handshake, signature) && isSameUser(context, state, typed);
  const user = state.existingUsername ? findUser(context, state.existingUsername) : undefined;
  // The password may have changed since the challenge was opened. The old one is wrong then.
  if (!isRight || !user || user.password?.verifier !== state.verifier) throw wrongPassword();
  const source = "TokenGeneration_Authentication";
  if (!state.customAuth) return continueSignIn(context, user, { source, metadata });
  // Reports say that Cognito then asks no further challenge of the functions: the second factor ends the sign-in.
  // docs/aws-differences.md names them.
  const factor = await askForFactor(context, user, source);
  return factor ?? continueCustomAuth(context, state.customAuth, "PASSWORD_VERIFIER", true, metadata);
}

async function setNewPassword(response: ChallengeResponse): Promise<SignInResult> {
  const { context, metadata } = response;
  const changed = await replaceTemporaryPassword(response);
  return continueSignIn(context, changed, { source: "TokenGeneration_NewPasswordChallenge", metadata });
}

/** Ends a sign-in with a second factor. The password was right in an earlier step. */
async function endWithFactor(
  response: ChallengeResponse,
  check: (response: ChallengeResponse) => Promise<ProvenUser>,
): Promise<SignInResult> {
  const { context, metadata } = response;
  const { user, source } = await check(response);
  return completeSignIn(context, user, { source, metadata });
}
