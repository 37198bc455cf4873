// The walk with aws-amplify, in Node. It finds the local cloud by `userPoolEndpoint`.
import { Amplify } from "aws-amplify";
import * as auth from "aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "aws-amplify/auth/cognito";
import {
  appCode,
  CHANGED,
  CLIENT,
  ENDPOINT,
  mailedCode,
  NAME,
  PASSWORD,
  POOL,
  RESET,
  read,
  step,
  wrongCode,
} from "./walk.mjs";

const Cognito = { userPoolId: POOL, userPoolClientId: CLIENT, userPoolEndpoint: ENDPOINT };
Amplify.configure({ Auth: { Cognito } });

/** Where the tokens are kept, so that those from before a sign-out can be put back. */
let kept = new Map();
cognitoUserPoolsTokenProvider.setKeyValueStorage({
  setItem: async (key, value) => void kept.set(key, value),
  getItem: async (key) => kept.get(key) ?? null,
  removeItem: async (key) => void kept.delete(key),
  clear: async () => kept.clear(),
});

/** Signs in as a new device: Amplify signs nobody in where somebody is signed in. */
async function signIn(password, authFlowType = "USER_SRP_AUTH") {
  kept = new Map();
  const { nextStep } = await auth.signIn({ username: NAME, password, options: { authFlowType } });
  return nextStep.signInStep;
}
const confirm = (confirmationCode) => auth.confirmSignUp({ username: NAME, confirmationCode });
const typeCode = (challengeResponse) => auth.confirmSignIn({ challengeResponse });
const reset = (confirmationCode) => auth.confirmResetPassword({ username: NAME, confirmationCode, newPassword: RESET });

/** New tokens. Where the refresh token is refused, Amplify forgets the tokens and throws nothing. */
async function refresh() {
  const before = kept.get([...kept.keys()].find((key) => key.endsWith(".accessToken")));
  const { tokens } = await auth.fetchAuthSession({ forceRefresh: true });
  if (!tokens) return "signed out";
  return tokens.accessToken.toString() === before ? "the same token" : "ok";
}

const userAttributes = { email: NAME };
await step("sign up", () => auth.signUp({ username: NAME, password: PASSWORD, options: { userAttributes } }));
await read("sign in before the code was typed", () => signIn(PASSWORD));
await step("confirm with a wrong code", () => confirm("000000"));
await step("confirm with the mailed code", async () => confirm(await mailedCode()));
await step("sign in with a wrong password", () => signIn("no"));
await step("sign in with the password", () => signIn(PASSWORD, "USER_PASSWORD_AUTH"));
await step("sign in with SRP", () => signIn(PASSWORD));
await read("refresh", refresh);
await read("read whether the address is verified", async () => (await auth.fetchUserAttributes()).email_verified);
await read("change the name and read it", async () => {
  await auth.updateUserAttributes({ userAttributes: { name: "Jo" } });
  return (await auth.fetchUserAttributes()).name;
});
await step("change the password", () => auth.updatePassword({ oldPassword: PASSWORD, newPassword: CHANGED }));
await step("sign in with the old password", () => signIn(PASSWORD));
await step("forget the password", () => auth.resetPassword({ username: NAME }));
await step("reset it with a wrong code", () => reset("000000"));
await step("reset it with the mailed code", async () => reset(await mailedCode()));

const { secret, firstCode } = await step("set up an authenticator app", async () => {
  await signIn(RESET);
  const { sharedSecret } = await auth.setUpTOTP();
  const code = await appCode(sharedSecret);
  await auth.verifyTOTPSetup({ code });
  await auth.updateMFAPreference({ totp: "PREFERRED" });
  return { secret: sharedSecret, firstCode: code };
});
await read("sign in, and be asked for its code", () => signIn(RESET));
await step("type the code that set it up", () => typeCode(firstCode));
await step("type a wrong code", async () => typeCode(await wrongCode(secret)));
const secondCode = await appCode(secret);
await step("type a new code", () => typeCode(secondCode));
const signedIn = kept;
await step("sign in again, and type that code", async () => {
  await signIn(RESET);
  return typeCode(secondCode);
});
kept = new Map(signedIn);
await step("sign out everywhere", () => auth.signOut({ global: true }));
kept = new Map(signedIn);
await step("use the old access token", () => auth.fetchUserAttributes());
kept = new Map(signedIn);
await read("use the old refresh token", refresh);
await step("sign in with a newer code", async () => {
  await signIn(RESET);
  return typeCode(await appCode(secret));
});
await step("delete the user", () => auth.deleteUser());
await step("sign in as the deleted user", () => signIn(RESET));
