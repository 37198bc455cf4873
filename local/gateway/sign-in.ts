import { createHmac } from "node:crypto";
import type {
  AdminInitiateAuthRequest,
  InitiateAuthRequest,
  InitiateAuthResponse,
} from "@aws-sdk/client-cognito-identity-provider";
import { ask } from "./challenges";
import { checkFlow, checkSecret, hidesUsers } from "./client";
import { type AtClient, atClient, type Context, type InPool } from "./context";
import {
  invalidParameter,
  notAuthorized,
  notServed,
  refusal,
  userNotFound,
  wrongPassword,
} from "./errors";
import { type Attributes, canonical, checkUsername, signsInWith } from "./pool";
import { refreshSession, startSession } from "./sessions";
import { isPublicKey, makeVerifier, passwordMatches, serverKeys, type Verifier } from "./srp";
import { poolKeys } from "./tokens";
import { runTrigger } from "./triggers";
import { attributesOf, findUser, type User } from "./users";

/** One attempt to sign in, from its first request on. */
interface Attempt {
  readonly at: AtClient;
  readonly parameters: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>> | undefined;
}

type Flow = (attempt: Attempt) => Promise<InitiateAuthResponse>;
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
  context: Context,
  input: InitiateAuthRequest & Partial<AdminInitiateAuthRequest>,
): Promise<InitiateAuthResponse> {
  const { ClientId = "", UserPoolId, AuthFlow = "" } = input;
  const at = await atClient(context, ClientId, UserPoolId);
  const flow = flows.get(AuthFlow);
  if (!flow) throw notServed(`the sign-in flow ${AuthFlow}`);
  if (flow.by !== "both" && (flow.by === "administrator") !== at.signed)
    throw invalidParameter("Initiate Auth method not supported.");
  checkFlow(at.client, flow.allowed);
  if (at.pool.MfaConfiguration === "ON") throw notServed("pools that require a second factor");
  const [parameters, metadata] = [input.AuthParameters ?? {}, input.ClientMetadata];
  return flow.run({ at, parameters, metadata });
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
    clientId: at.client.ClientId,
    request: {
      userAttributes: user ? withStatus(user) : {},
      validationData: metadata ?? null,
      ...(user ? {} : { userNotFound: true }),
    },
    response: {},
  });
  return { typed, user };
}

const withStatus = (user: User): Attributes => ({
  ...attributesOf(user),
  "cognito:user_status": user.status,
});

async function withPassword(attempt: Attempt): Promise<InitiateAuthResponse> {
  const { at, parameters } = attempt;
  const password = parameter(parameters, "PASSWORD");
  const { typed, user } = await admit(attempt);
  const { username, kept } = await secretsOf(at, typed, user);
  // The sum is done for unknown users too, so that the time of the answer says nothing.
  const right = passwordMatches(at.poolId, username, password, kept);
  if (!user?.password || !right) throw wrongPassword();
  return signedIn(at, user);
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

async function withSrp(attempt: Attempt): Promise<InitiateAuthResponse> {
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

/**
 * The real name and verifier of a user, or ones made up that stay the same from call to call.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
async function secretsOf(
  at: InPool,
  typed: string,
  user?: User,
): Promise<{ username: string; kept: Verifier }> {
  if (user?.password) return { username: user.username, kept: user.password };
  const { secret } = await poolKeys(at.store, at.poolId);
  const name = canonical(at.pool, typed);
  const madeUp = (what: string) =>
    createHmac("sha256", secret).update(`${what}/${name}`).digest("hex");
  const named = signsInWith(at.pool, "email") || signsInWith(at.pool, "phone_number");
  const username = user?.username ?? (named ? likeUuid(madeUp("sub")) : name);
  const salt = madeUp("salt").slice(0, 32);
  return { username, kept: makeVerifier(at.poolId, username, madeUp("password"), salt) };
}

/** In the shape of a random UUID, version and variant too. */
const likeUuid = (hex: string) =>
  hex.replace(
    /^(.{8})(.{4}).(.{3})(.)(.{3})(.{12}).*$/,
    (_, a, b, c, variant, d, e) =>
      `${a}-${b}-4${c}-${"89ab"[Number.parseInt(variant, 16) % 4]}${d}-${e}`,
  );

async function withRefreshToken({ at, parameters }: Attempt) {
  const token = parameter(parameters, "REFRESH_TOKEN");
  const prove = (names: readonly string[]) => checkSecret(at.client, names, parameters.SECRET_HASH);
  return {
    AuthenticationResult: await refreshSession(at, token, prove),
    ChallengeParameters: {},
  };
}

/** The password was right; what the account's state makes of that. */
export async function signedIn(at: AtClient, user: User): Promise<InitiateAuthResponse> {
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED")
    throw refusal("UserNotConfirmedException", "User is not confirmed.");
  if (user.status === "RESET_REQUIRED")
    throw refusal("PasswordResetRequiredException", "Password reset required for the user");
  if (user.status === "FORCE_CHANGE_PASSWORD") return askForNewPassword(at, user);
  return {
    AuthenticationResult: await startSession(at, user),
    ChallengeParameters: {},
  };
}

async function askForNewPassword(at: AtClient, user: User): Promise<InitiateAuthResponse> {
  if (user.temporaryUntil && user.temporaryUntil < Date.now())
    throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
  const missing = (at.pool.SchemaAttributes ?? [])
    .filter(({ Name = "", Required }) => Required && Name !== "sub" && !user.attributes[Name])
    .map(({ Name }) => `userAttributes.${Name}`);
  const state = { username: user.username };
  return {
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: await ask(at, "NEW_PASSWORD_REQUIRED", state),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing),
      userAttributes: JSON.stringify(user.attributes),
    },
  };
}
