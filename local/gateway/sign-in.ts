import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import { type Attempt, claimant, parameter, type Reply } from "./attempt";
import { checkFlow, checkSecret, hidesUsers } from "./client";
import type { AtClient } from "./context";
import { startDialogue } from "./custom-auth";
import { invalidParameter, notServed, userNotFound, wrongPassword } from "./errors";
import type { Checked } from "./input";
import { migrate } from "./migration";
import { refreshSession } from "./sessions";
import { signedIn } from "./signed-in";
import { passwordMatches } from "./srp";
import { askForPassword, publicKey } from "./srp-challenge";
import { runTrigger } from "./triggers";
import { secretsOf } from "./unknown-users";
import { about, type User } from "./users";

type Flow = (attempt: Attempt) => Promise<Reply>;
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
  ["CUSTOM_AUTH", { allowed: "CUSTOM_AUTH", by: "both", run: startDialogue }],
  ["REFRESH_TOKEN_AUTH", { allowed: "REFRESH_TOKEN_AUTH", by: "both", run: withRefreshToken }],
  ["REFRESH_TOKEN", { allowed: "REFRESH_TOKEN_AUTH", by: "both", run: withRefreshToken }],
]);

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html */
export async function initiateAuth(
  at: AtClient,
  { AuthFlow, AuthParameters = {}, ClientMetadata }: Checked<Cognito.InitiateAuthRequest>,
): Promise<Reply> {
  const flow = flows.get(AuthFlow);
  if (!flow) throw notServed(`the sign-in flow ${AuthFlow}`);
  if (flow.by !== "both" && (flow.by === "administrator") !== at.signed)
    throw invalidParameter("Initiate Auth method not supported.");
  checkFlow(at.client, flow.allowed);
  if (at.pool.MfaConfiguration === "ON") throw notServed("pools that require a second factor");
  return flow.run({ at, parameters: AuthParameters, metadata: ClientMetadata });
}

/**
 * Who wants to sign in, after the trigger that may refuse them; undefined where nobody has the name.
 * Whoever brings a password may be taken over from elsewhere first.
 */
async function admit(attempt: Attempt, password?: string): Promise<{ typed: string; user?: User }> {
  const { at, metadata } = attempt;
  const { typed, user: known } = claimant(attempt);
  const validationData = metadata ?? null;
  const user =
    known || password === undefined
      ? known
      : await migrate(at, typed, { source: "UserMigration_Authentication", password, request: { validationData } });
  if (!user && !hidesUsers(at.client)) throw userNotFound();
  await runTrigger(at, {
    trigger: "PreAuthentication",
    source: "PreAuthentication_Authentication",
    ...about(user ?? typed, { validationData, ...(user ? {} : { userNotFound: true }) }),
    response: {},
  });
  return { typed, user };
}

async function withPassword(attempt: Attempt): Promise<Reply> {
  const { at, parameters } = attempt;
  const password = parameter(parameters, "PASSWORD");
  const { typed, user } = await admit(attempt, password);
  const { username, kept } = await secretsOf(at, typed, user);
  // The sum is done for unknown users too, so that the time of the answer says nothing.
  const right = passwordMatches(at.poolId, username, password, kept);
  if (!user?.password || !right) throw wrongPassword();
  // What the caller sent along was for the trigger before; the one for tokens never sees it.
  return signedIn(at, user, { source: "TokenGeneration_Authentication" });
}

async function withSrp(attempt: Attempt): Promise<Reply> {
  const A = publicKey(attempt.parameters);
  const { typed, user } = await admit(attempt);
  return askForPassword(attempt.at, A, typed, user);
}

async function withRefreshToken({ at, parameters }: Attempt) {
  const token = parameter(parameters, "REFRESH_TOKEN");
  const prove = (names: readonly string[]) => checkSecret(at.client, names, parameters.SECRET_HASH);
  return { AuthenticationResult: await refreshSession(at, token, undefined, prove), ChallengeParameters: {} };
}
