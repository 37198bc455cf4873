import { createAmplifyContext } from "aws-amplify";
import { createUserPoolsTokenProvider } from "aws-amplify/adapter-core";
import {
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  resendSignUpCode,
  resetPassword,
  type SignInOutput,
  signIn,
  signOut,
  signUp,
} from "aws-amplify/auth";
import { sessionStorage } from "aws-amplify/utils";
import type { PageConfig, WayName } from "./config";
import { type Session, sessionOf } from "./session";

/** What Cognito asks for next at a sign-in. */
export type SignInStep = SignInOutput["nextStep"]["signInStep"];

/** A user pool, as the page uses it. Every method throws Cognito's or Amplify's error. */
export interface Pool {
  /** @returns whether the user may sign in at once, without a code */
  signUp(name: string, password: string): Promise<boolean>;
  confirmSignUp(name: string, code: string): Promise<void>;
  resendCode(name: string): Promise<void>;
  signIn(name: string, password: string): Promise<SignInStep>;
  /** Asks for a code by mail instead of a password. */
  askForCode(name: string): Promise<SignInStep>;
  /** The answer to what `signIn` or `askForCode` has asked for. */
  answer(answer: string): Promise<SignInStep>;
  forgotPassword(name: string): Promise<void>;
  setPassword(name: string, code: string, password: string): Promise<void>;
  /** @returns undefined when nobody is signed in */
  session(): Promise<Session | undefined>;
  /** New tokens for the old ones. */
  refresh(): Promise<Session | undefined>;
  signOut(): Promise<void>;
}

/**
 * Opens a pool with Amplify's auth client. Each pool has an Amplify context of its own, so that signing in to one leaves
 * the other alone. Tokens are kept for this tab, until it is closed.
 */
export function openPool({ pools, endpoint }: PageConfig, way: WayName): Pool {
  const { userPoolId, clientId } = pools[way];
  const Auth = { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint } };
  const tokenProvider = createUserPoolsTokenProvider(Auth, sessionStorage);
  const context = createAmplifyContext({ Auth }, { Auth: { tokenProvider } });

  const nextStep = async (output: Promise<SignInOutput>) => (await output).nextStep.signInStep;
  const session = async (forceRefresh: boolean) => {
    const { tokens } = await fetchAuthSession(context, { forceRefresh });
    return tokens && sessionOf(tokens.accessToken.payload, tokens.idToken?.payload);
  };

  return {
    async signUp(username, password) {
      const userAttributes = way === "verified" ? { email: username } : {};
      return (await signUp(context, { username, password, options: { userAttributes } })).isSignUpComplete;
    },
    async confirmSignUp(username, confirmationCode) {
      await confirmSignUp(context, { username, confirmationCode });
    },
    async resendCode(username) {
      await resendSignUpCode(context, { username });
    },
    signIn: (username, password) => nextStep(signIn(context, { username, password })),
    askForCode: (username) => nextStep(signIn(context, { username, options: { authFlowType: "CUSTOM_WITHOUT_SRP" } })),
    answer: (challengeResponse) => nextStep(confirmSignIn(context, { challengeResponse })),
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
