import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CognitoIdentityProviderClient,
  type InitiateAuthCommandOutput,
  SignUpCommand,
  type SignUpCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { LambdaClient } from "@aws-sdk/client-lambda";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { PoolOutput } from "../../contract/pools";
import type { Outputs } from "../../local/outputs";
import "../amazons-client";
import { TEST_DIR } from "./global-setup";
import { used } from "./used-values";

/** `describe`, or a skip where the machine cannot run the local cloud. */
export const describeCloud = process.env.E2E_SKIP ? describe.skip : describe;

/** A pool, and its app client. */
export type Ids = Pick<PoolOutput, "userPoolId" | "clientId">;

/** The pools of the stack that all tests share. */
type PoolName = "verified" | "anonymous";
type TestOutputs = Outputs & { readonly pools: Readonly<Record<PoolName, PoolOutput>> };

const file = join(__dirname, "../..", TEST_DIR, "outputs.json");
const NO_POOL = { userPoolId: "", clientId: "" } as PoolOutput;
export const outputs: TestOutputs = process.env.E2E_SKIP
  ? { endpoint: "", region: "", web: "", mailbox: "", pools: { verified: NO_POOL, anonymous: NO_POOL } }
  : JSON.parse(readFileSync(file, "utf8"));
export const { endpoint, pools } = outputs;

const connection = {
  endpoint,
  region: outputs.region,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 1,
};
export const cognito = new CognitoIdentityProviderClient(connection);
export const lambda = new LambdaClient(connection);

// A function that hangs is tried three times, 5 s each, and on a busy machine a plan takes longer than a minute.
jest.setTimeout(180_000);

export const PASSWORD: string = used("correct horse battery staple");

let serial = 0;
/** A name that no other test uses. */
export const uniqueName = () => used(`user-${process.pid}-${Date.now().toString(36)}-${serial++}`);

/** A phone number that no other test uses. */
export const uniquePhone = () => used(`+316${String(Date.now()).slice(-6)}${String(serial++ % 100).padStart(2, "0")}`);

/** Signs somebody up; `more` is what else the request says. */
export const signUpTo = (
  { clientId: ClientId }: Ids,
  Username: string,
  attributes: Record<string, string> = {},
  more: Partial<SignUpCommandInput> = {},
) =>
  cognito.send(
    new SignUpCommand({
      ClientId,
      Username,
      Password: PASSWORD,
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
      ...more,
    }),
  );

/** Signs in with SRP, as browsers do: the password never leaves the client. */
export function signInTo(
  { userPoolId, clientId }: Ids,
  username: string,
  password: string = PASSWORD,
): Promise<CognitoUserSession> {
  const user = new CognitoUser({
    Username: username,
    Pool: new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint }),
  });
  return new Promise((onSuccess, onFailure) => {
    user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), {
      onSuccess: (session) => {
        noteTokens(session.getIdToken().getJwtToken(), session.getAccessToken().getJwtToken());
        used(session.getRefreshToken().getToken());
        onSuccess(session);
      },
      onFailure,
    });
  });
}

/** A token's signature is its own; its other parts may well be in a log. */
export function noteTokens(...tokens: (string | undefined)[]): void {
  for (const token of tokens) if (token) used(token.split(".").at(-1) ?? token);
}

/** The same, once all is noted that its holder could go on with: the refresh token and the session, which are kept whole. */
export function noted<Answer extends Pick<InitiateAuthCommandOutput, "AuthenticationResult" | "Session">>(
  answer: Answer,
): Answer {
  const { IdToken, AccessToken, RefreshToken } = answer.AuthenticationResult ?? {};
  noteTokens(IdToken, AccessToken);
  for (const secret of [RefreshToken, answer.Session]) if (secret) used(secret);
  return answer;
}

export const signIn = (pool: PoolName, username: string, password?: string) =>
  signInTo(pools[pool], username, password);

/** The claims of an ID token, once it verifies against the keys that the pool publishes. */
export const verified = (pool: PoolName, token: string) => claimsOf(pools[pool], "id", token);

/** The claims of a token, once it verifies against the keys that its pool publishes. */
export async function claimsOf({ userPoolId, clientId }: Ids, tokenUse: "id" | "access", token = "") {
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse });
  const keys = await fetch(`${endpoint}/${userPoolId}/.well-known/jwks.json`);
  verifier.cacheJwks((await keys.json()) as Parameters<typeof verifier.cacheJwks>[0]);
  return verifier.verify(token);
}

export interface Mail {
  to: string[] | string;
  subject: string;
  body: string;
}

/** Every mail that was sent, oldest first. */
export async function allMails(): Promise<Mail[]> {
  return (await (await fetch(`${outputs.mailbox}.json`)).json()) as Mail[];
}

/** The mails that somebody got, oldest first. */
export async function mailsTo(address: string): Promise<Mail[]> {
  return (await allMails()).filter(({ to }) => [to].flat().includes(address));
}

/** The code in the newest mail to somebody. */
export async function codeFor(address: string): Promise<string> {
  const code = (await mailsTo(address)).at(-1)?.body.match(/\b\d{6}(\d{2})?\b/)?.[0];
  if (!code) throw new Error(`There is no mail with a code to ${address}.`);
  return used(code);
}

/** What `look` finds, as soon as it finds something: what Cognito does not wait for comes a little later. */
export async function eventually<Found>(look: () => Promise<Found | undefined>, seconds = 15): Promise<Found> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`It did not come within ${seconds} s: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

interface TriggerRun {
  source: string;
  functionName: string;
  outcome: string;
  at: string;
}

/** The runs of a pool's triggers while `work` was done, as `[source, outcome]`, oldest first. */
export async function triggersDuring(pool: string, work: () => Promise<unknown>): Promise<[string, string][]> {
  const since = new Date().toISOString();
  await work();
  const runs = (await (await fetch(`${endpoint}/_local/triggers.json`)).json()) as TriggerRun[];
  return runs
    .filter(({ at, functionName }) => at >= since && functionName.includes(`-${pool}-`))
    .map(({ source, outcome }) => [source, outcome]);
}

/** What a call failed with, as a program sees it. */
export async function failure(call: Promise<unknown>): Promise<{ name: string; message: string }> {
  const result = await call.then(
    () => undefined,
    (error: Error) => error,
  );
  if (!result) throw new Error("The call did not fail.");
  return { name: result.name, message: result.message };
}
