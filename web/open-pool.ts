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
import { hostedSignIn } from "./hosted-sign-in";
import type { Asked, PoolClient } from "./pool-client";
import { type Session, sessionOf } from "./session";

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

  const hosted = hostedSignIn(pool, Auth);

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
    // The tokens of a hosted sign-in cannot ask about the person's factors.
    const mayAsk = String(claims.accessClaims.scope).includes("aws.cognito.signin.user.admin");
    return pool.secondFactor && mayAsk ? { ...claims, usesApp: await usesApp() } : claims;
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
    leaveFor: hosted.leave,
    async forgotPassword(username) {
      await resetPassword(context, { username });
    },
    setPassword: (username, confirmationCode, newPassword) =>
      confirmResetPassword(context, { username, confirmationCode, newPassword }),
    async session() {
      await hosted.arrive();
      return session(false);
    },
    refresh: () => session(true),
    async signOut() {
      await signOut(context);
      await hosted.signOut();
    },
  };
}
