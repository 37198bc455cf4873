import { createAmplifyContext } from "aws-amplify";
import { createUserPoolsTokenProvider } from "aws-amplify/adapter-core";
import {
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  fetchMFAPreference,
  resendSignUpCode,
  resetPassword,
  type SignInOutput,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  verifyTOTPSetup,
} from "aws-amplify/auth";
import { sessionStorage } from "aws-amplify/utils";
import type { Card } from "./cards";
import { type Session, sessionOf } from "./session";

/** What Cognito asks for next at a sign-in. */
export interface Asked {
  readonly step: SignInOutput["nextStep"]["signInStep"];
  /** The secret for an authenticator app, where the step is to set one up. */
  readonly secret?: string;
}

/** The attributes of a sign-up. An empty one is not sent. */
export interface Attributes {
  readonly email?: string;
  readonly phone_number?: string;
}

/** The requests of the page to a user pool. Every method throws the error of Cognito or Amplify. */
export interface PoolClient {
  /** @returns whether the user may sign in at once, without a code */
  signUp(name: string, password: string, attributes: Attributes): Promise<boolean>;
  confirmSignUp(name: string, code: string): Promise<void>;
  resendCode(name: string): Promise<void>;
  signIn(name: string, password: string): Promise<Asked>;
  /** Asks for a code by mail instead of a password. */
  askForCode(name: string): Promise<Asked>;
  /** Answers the challenge of `signIn` or `askForCode`. */
  answer(answer: string): Promise<Asked>;
  /** Makes a new secret for an authenticator app of the person who is signed in. */
  newAppSecret(): Promise<string>;
  /** Takes the first code of that app. From then on, a sign-in asks for one. */
  turnAppOn(code: string): Promise<void>;
  turnAppOff(): Promise<void>;
  forgotPassword(name: string): Promise<void>;
  setPassword(name: string, code: string, password: string): Promise<void>;
  /** @returns undefined when nobody is signed in */
  session(): Promise<Session | undefined>;
  /** Gets new tokens. */
  refresh(): Promise<Session | undefined>;
  signOut(): Promise<void>;
}

/**
 * Opens a pool with Amplify's auth client. Each pool has an Amplify context of its own, so that signing in to one leaves
 * the others alone. Tokens are stored for this tab, until it is closed.
 * @param endpoint the address of Cognito, if it is not AWS
 */
export function openPool({ pool, passwordFlow }: Card, endpoint: string | undefined): PoolClient {
  const { userPoolId, clientId } = pool;
  const Auth = { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint } };
  const tokenProvider = createUserPoolsTokenProvider(Auth, sessionStorage);
  const context = createAmplifyContext({ Auth }, { Auth: { tokenProvider } });

  const nextStep = async (output: Promise<SignInOutput>): Promise<Asked> => {
    const { nextStep } = await output;
    const isSetup = nextStep.signInStep === "CONTINUE_SIGN_IN_WITH_TOTP_SETUP";
    return { step: nextStep.signInStep, secret: isSetup ? nextStep.totpSetupDetails.sharedSecret : undefined };
  };
  const usesApp = async () => (await fetchMFAPreference(context)).enabled?.includes("TOTP") ?? false;
  const session = async (forceRefresh: boolean): Promise<Session | undefined> => {
    const { tokens } = await fetchAuthSession(context, { forceRefresh });
    if (!tokens) return undefined;
    const claims = sessionOf(tokens.accessToken.payload, tokens.idToken?.payload);
    return pool.secondFactor ? { ...claims, usesApp: await usesApp() } : claims;
  };

  return {
    async signUp(username, password, attributes) {
      const userAttributes = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value));
      return (await signUp(context, { username, password, options: { userAttributes } })).isSignUpComplete;
    },
    async confirmSignUp(username, confirmationCode) {
      await confirmSignUp(context, { username, confirmationCode });
    },
    async resendCode(username) {
      await resendSignUpCode(context, { username });
    },
    signIn: (username, password) =>
      nextStep(signIn(context, { username, password, options: { authFlowType: passwordFlow } })),
    askForCode: (username) => nextStep(signIn(context, { username, options: { authFlowType: "CUSTOM_WITHOUT_SRP" } })),
    answer: (challengeResponse) => nextStep(confirmSignIn(context, { challengeResponse })),
    newAppSecret: async () => (await setUpTOTP(context)).sharedSecret,
    async turnAppOn(code) {
      await verifyTOTPSetup(context, { code });
      await updateMFAPreference(context, { totp: "PREFERRED" });
    },
    turnAppOff: () => updateMFAPreference(context, { totp: "DISABLED" }),
    async forgotPassword(username) {
      await resetPassword(context, { username });
    },
    setPassword: (username, confirmationCode, newPassword) =>
      confirmResetPassword(context, { username, confirmationCode, newPassword }),
    session: () => session(false),
    refresh: () => session(true),
    signOut: () => signOut(context),
  };
}
