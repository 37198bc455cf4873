import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CognitoIdentityProviderClient,
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
import type { Outputs } from "../../local/outputs";
import { TEST_DIR } from "./global-setup";

/** `describe`, or a skip where the machine cannot run the local cloud. */
export const describeCloud = process.env.E2E_SKIP ? describe.skip : describe;

type Ids = Outputs["pools"]["verified"];

const file = join(__dirname, "../..", TEST_DIR, "outputs.json");
export const outputs: Outputs = process.env.E2E_SKIP
  ? {
      endpoint: "",
      region: "",
      web: "",
      mailbox: "",
      pools: {
        verified: { userPoolId: "", clientId: "" },
        anonymous: { userPoolId: "", clientId: "" },
      },
    }
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

// A function that hangs is tried three times, 5 s each.
jest.setTimeout(60_000);

export const PASSWORD = "correct horse battery staple";

let serial = 0;
/** A name that no other test uses. */
export const uniqueName = () => `user-${process.pid}-${Date.now().toString(36)}-${serial++}`;

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
  password = PASSWORD,
): Promise<CognitoUserSession> {
  const user = new CognitoUser({
    Username: username,
    Pool: new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint }),
  });
  return new Promise((onSuccess, onFailure) => {
    user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), {
      onSuccess,
      onFailure,
    });
  });
}

export const signIn = (pool: keyof Outputs["pools"], username: string, password?: string) =>
  signInTo(pools[pool], username, password);

/** The claims of an ID token, once it verifies against the keys that the pool publishes. */
export async function verified(pool: keyof Outputs["pools"], token: string) {
  const { userPoolId, clientId } = pools[pool];
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "id" });
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
  const code = (await mailsTo(address)).at(-1)?.body.match(/\d{6}/)?.[0];
  if (!code) throw new Error(`There is no mail with a code to ${address}.`);
  return code;
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
