import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { checkComplete, checkSchema, checkWritable, overwritten } from "./attributes";
import { answered } from "./challenges";
import { checkSecret } from "./client";
import type { AtClient } from "./context";
import { invalidParameter, notAuthorized, notServed, wrongPassword } from "./errors";
import type { Checked } from "./input";
import { canonical, checkPassword } from "./pool";
import { type Attempt, parameter, type SrpState, signedIn } from "./sign-in";
import { makeVerifier, signatureMatches } from "./srp";
import { changeUser, findUser } from "./users";

interface Answer extends Attempt {
  readonly session: string | undefined;
}

type Judge = (answer: Answer) => Promise<Cognito.InitiateAuthResponse>;
const challenges = new Map<string, Judge>([
  ["PASSWORD_VERIFIER", verifyPassword],
  ["NEW_PASSWORD_REQUIRED", setNewPassword],
]);

export async function respondToAuthChallenge(
  at: AtClient,
  input: Checked<Cognito.RespondToAuthChallengeRequest>,
): Promise<Cognito.InitiateAuthResponse> {
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
  const names = [state.typed, state.identity].map((name) => canonical(at.pool, name));
  checkSecret(at.client, [typed, state.identity], parameters.SECRET_HASH);
  const claim = { ...state, poolId: at.poolId, username: state.identity, secretBlock, timestamp };
  const right = signatureMatches(claim, signature) && names.includes(canonical(at.pool, typed));
  const user = state.username ? findUser(at, state.username) : undefined;
  // A password that was changed since the handshake began no longer opens anything.
  if (!right || !user || user.password?.verifier !== state.verifier) throw wrongPassword();
  return signedIn(at, user, { source: "TokenGeneration_Authentication", metadata });
}

async function setNewPassword({ at, parameters, metadata, session }: Answer) {
  const typed = parameter(parameters, "USERNAME");
  const password = parameter(parameters, "NEW_PASSWORD");
  checkPassword(at.pool, password);
  const prefix = "userAttributes.";
  const given = Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
  checkWritable(at.client, Object.keys(given));
  const found = findUser(at, typed);
  checkSecret(at.client, [typed, found?.username ?? typed], parameters.SECRET_HASH);
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
