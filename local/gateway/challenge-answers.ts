import type {
  AdminRespondToAuthChallengeRequest,
  InitiateAuthResponse,
  RespondToAuthChallengeRequest,
} from "@aws-sdk/client-cognito-identity-provider";
import { answered } from "./challenges";
import { checkSecret } from "./client";
import { type AtClient, atClient, type Context } from "./context";
import { invalidParameter, notAuthorized, notServed, wrongPassword } from "./errors";
import { canonical, checkPassword, checkSchema, checkWritable, overwritten } from "./pool";
import { parameter, type SrpState, signedIn } from "./sign-in";
import { makeVerifier, signatureMatches } from "./srp";
import { changeUser, findUser } from "./users";

interface Answer {
  readonly at: AtClient;
  readonly responses: Readonly<Record<string, string>>;
  readonly session: string | undefined;
}

type Judge = (answer: Answer) => Promise<InitiateAuthResponse>;
const challenges = new Map<string | undefined, Judge>([
  ["PASSWORD_VERIFIER", verifyPassword],
  ["NEW_PASSWORD_REQUIRED", setNewPassword],
]);

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html */
export async function respondToAuthChallenge(
  context: Context,
  input: RespondToAuthChallengeRequest & Partial<AdminRespondToAuthChallengeRequest>,
): Promise<InitiateAuthResponse> {
  const { ClientId = "", UserPoolId, ChallengeName, ChallengeResponses = {}, Session } = input;
  const at = await atClient(context, ClientId, UserPoolId);
  const judge = challenges.get(ChallengeName);
  if (!judge) throw notServed(`the challenge ${ChallengeName}`);
  return judge({ at, responses: ChallengeResponses, session: Session });
}

/** The date as Java's `EEE MMM d HH:mm:ss z yyyy` writes it. */
const timestampFormat =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2} \d{2}:\d{2}:\d{2} [A-Z]{3,4} \d{4}$/;

async function verifyPassword(answer: Answer): Promise<InitiateAuthResponse> {
  const { at, responses } = answer;
  const typed = parameter(responses, "USERNAME");
  const secretBlock = parameter(responses, "PASSWORD_CLAIM_SECRET_BLOCK");
  const signature = parameter(responses, "PASSWORD_CLAIM_SIGNATURE");
  const timestamp = parameter(responses, "TIMESTAMP");
  if (!timestampFormat.test(timestamp))
    throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english");
  const state = await answered<SrpState>(at, "PASSWORD_VERIFIER", secretBlock);
  const names = [state.typed, state.identity].map((name) => canonical(at.pool, name));
  checkSecret(at.client, [typed, state.identity], responses.SECRET_HASH);
  const claim = {
    ...state,
    poolId: at.poolId,
    username: state.identity,
    secretBlock,
    timestamp,
  };
  const right = signatureMatches(claim, signature) && names.includes(canonical(at.pool, typed));
  const user = state.username ? findUser(at, state.username) : undefined;
  // A password that was changed since the handshake began no longer opens anything.
  if (!right || !user || user.password?.verifier !== state.verifier) throw wrongPassword();
  return signedIn(at, user);
}

async function setNewPassword(answer: Answer): Promise<InitiateAuthResponse> {
  const { at, responses, session } = answer;
  const typed = parameter(responses, "USERNAME");
  const password = parameter(responses, "NEW_PASSWORD");
  checkPassword(at.pool, password);
  const prefix = "userAttributes.";
  const given = Object.fromEntries(
    Object.entries(responses)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
  checkWritable(at.client, Object.keys(given));
  const found = findUser(at, typed);
  checkSecret(at.client, [typed, found?.username ?? typed], responses.SECRET_HASH);
  if (found) checkSchema(at.pool, given, { ...found.attributes, ...given }, false);
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
  return signedIn(at, user);
}
