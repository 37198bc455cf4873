import type * as Cognito from "@aws-sdk/client-cognito-identity-provider";
import type { ClientContext } from "../context";
import { invalidParameter, notServed } from "../exceptions";
import { checkFlow, checkSecret } from "../pools/app-client";
import { admitUser, admitWithPassword } from "../sign-in/admit-user";
import { continueSignIn } from "../sign-in/complete-sign-in";
import { startCustomAuth } from "../sign-in/custom-auth";
import { askForPassword, publicKey } from "../sign-in/password-verifier";
import { parameter, type SignInRequest, type SignInResult } from "../sign-in/sign-in-request";
import { refreshSession } from "../tokens/sessions";
import type { Checked } from "./request";

interface SignInFlow {
  /** The flow that the app client must enable. */
  readonly enabledAs: string;
  /** Which of the two operations serves it. */
  readonly by: "InitiateAuth" | "AdminInitiateAuth" | "both";
  readonly start: (request: SignInRequest) => Promise<SignInResult>;
}

const adminPassword = "ADMIN_USER_PASSWORD_AUTH";
const flows = new Map<string, SignInFlow>([
  ["USER_PASSWORD_AUTH", { enabledAs: "USER_PASSWORD_AUTH", by: "InitiateAuth", start: withPassword }],
  ["ADMIN_USER_PASSWORD_AUTH", { enabledAs: adminPassword, by: "AdminInitiateAuth", start: withPassword }],
  ["ADMIN_NO_SRP_AUTH", { enabledAs: adminPassword, by: "AdminInitiateAuth", start: withPassword }],
  ["USER_SRP_AUTH", { enabledAs: "USER_SRP_AUTH", by: "both", start: withSrp }],
  ["CUSTOM_AUTH", { enabledAs: "CUSTOM_AUTH", by: "both", start: startCustomAuth }],
  ["REFRESH_TOKEN_AUTH", { enabledAs: "REFRESH_TOKEN_AUTH", by: "both", start: withRefreshToken }],
  ["REFRESH_TOKEN", { enabledAs: "REFRESH_TOKEN_AUTH", by: "both", start: withRefreshToken }],
]);

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html */
export async function initiateAuth(
  context: ClientContext,
  { AuthFlow, AuthParameters = {}, ClientMetadata }: Checked<Cognito.InitiateAuthRequest>,
): Promise<SignInResult> {
  const flow = flows.get(AuthFlow);
  if (!flow) throw notServed(`the sign-in flow ${AuthFlow}`);
  if (flow.by !== "both" && (flow.by === "AdminInitiateAuth") !== context.signed)
    throw invalidParameter("Initiate Auth method not supported.");
  checkFlow(context.client, flow.enabledAs);
  return flow.start({ context, parameters: AuthParameters, metadata: ClientMetadata });
}

async function withPassword(request: SignInRequest): Promise<SignInResult> {
  const user = await admitWithPassword(request, parameter(request.parameters, "PASSWORD"));
  // The client metadata of this request is for pre authentication, and not for the triggers that follow.
  return continueSignIn(request.context, user, { source: "TokenGeneration_Authentication" });
}

async function withSrp(request: SignInRequest): Promise<SignInResult> {
  const A = publicKey(request.parameters);
  const { typed, user } = await admitUser(request);
  return askForPassword(request.context, A, typed, user);
}

async function withRefreshToken({ context, parameters }: SignInRequest): Promise<SignInResult> {
  const token = parameter(parameters, "REFRESH_TOKEN");
  const checkClient = (names: readonly string[]) => checkSecret(context.client, names, parameters.SECRET_HASH);
  const AuthenticationResult = await refreshSession(context, token, undefined, checkClient);
  return { AuthenticationResult, ChallengeParameters: {} };
}
