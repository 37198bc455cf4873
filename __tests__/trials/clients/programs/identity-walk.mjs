// The walk with amazon-cognito-identity-js. It finds the local cloud by `endpoint`.
import cognito from "amazon-cognito-identity-js";
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

const { AuthenticationDetails, CognitoRefreshToken, CognitoUser, CognitoUserAttribute, CognitoUserPool } = cognito;
const Pool = new CognitoUserPool({ UserPoolId: POOL, ClientId: CLIENT, endpoint: ENDPOINT });
const person = () => new CognitoUser({ Username: NAME, Pool });

/** The result of a call that takes a callback for an error and a result. */
const called = (call) =>
  new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))));

/** The same for a call that takes a function for each outcome. */
const answered = (call, more = {}) =>
  new Promise((onSuccess, onFailure) =>
    call({ onSuccess, onFailure, totpRequired: (challenge) => onSuccess(challenge), ...more }),
  );

async function signIn(Password, flow = "USER_SRP_AUTH") {
  const user = person();
  user.setAuthenticationFlowType(flow);
  const details = new AuthenticationDetails({ Username: NAME, Password });
  const result = await answered((callbacks) => user.authenticateUser(details, callbacks));
  return { user, result };
}

const typeCode = (user, code) => answered((callbacks) => user.sendMFACode(code, callbacks, "SOFTWARE_TOKEN_MFA"));

/** One of the attributes, asked for with the tokens that the user has now. */
async function attribute(user, name) {
  const found = await called((callback) => user.getUserAttributes(callback));
  return found.find(({ Name }) => Name === name)?.Value;
}
const confirm = (code) => called((callback) => person().confirmRegistration(code, false, callback));
const reset = (code) => answered((callbacks) => person().confirmPassword(code, RESET, callbacks));
const refresh = (user, token) =>
  called((callback) => user.refreshSession(new CognitoRefreshToken({ RefreshToken: token }), callback));

const email = [new CognitoUserAttribute({ Name: "email", Value: NAME })];
await step("sign up", () => called((callback) => Pool.signUp(NAME, PASSWORD, email, [], callback)));
await step("sign in before the code was typed", () => signIn(PASSWORD));
await step("confirm with a wrong code", () => confirm("000000"));
await step("confirm with the mailed code", async () => confirm(await mailedCode()));
await step("sign in with a wrong password", () => signIn("no"));
await step("sign in with the password", () => signIn(PASSWORD, "USER_PASSWORD_AUTH"));
const first = await step("sign in with SRP", () => signIn(PASSWORD));
await step("refresh", () => refresh(first.user, first.result.getRefreshToken().getToken()));
await read("read whether the address is verified", () => attribute(first.user, "email_verified"));
await read("change the name and read it", async () => {
  const change = [new CognitoUserAttribute({ Name: "name", Value: "Jo" })];
  await called((callback) => first.user.updateAttributes(change, callback));
  return attribute(first.user, "name");
});
await step("change the password", () => called((callback) => first.user.changePassword(PASSWORD, CHANGED, callback)));
await step("sign in with the old password", () => signIn(PASSWORD));
await step(
  "forget the password",
  () =>
    new Promise((inputVerificationCode, onFailure) => person().forgotPassword({ inputVerificationCode, onFailure })),
);
await step("reset it with a wrong code", () => reset("000000"));
await step("reset it with the mailed code", async () => reset(await mailedCode()));

const { secret, firstCode } = await step("set up an authenticator app", async () => {
  const { user } = await signIn(RESET);
  const secret = await new Promise((associateSecretCode, onFailure) =>
    user.associateSoftwareToken({ associateSecretCode, onFailure }),
  );
  const firstCode = await appCode(secret);
  await answered((callbacks) => user.verifySoftwareToken(firstCode, "phone", callbacks));
  await called((callback) => user.setUserMfaPreference(null, { Enabled: true, PreferredMfa: true }, callback));
  return { secret, firstCode };
});
const { user, result: asked } = await signIn(RESET);
await read("sign in, and be asked for its code", async () => asked);
await step("type the code that set it up", () => typeCode(user, firstCode));
await step("type a wrong code", async () => typeCode(user, await wrongCode(secret)));
const secondCode = await appCode(secret);
const tokens = await step("type a new code", () => typeCode(user, secondCode));
await step("sign in again, and type that code", async () => typeCode((await signIn(RESET)).user, secondCode));
await step("sign out everywhere", () => answered((callbacks) => user.globalSignOut(callbacks)));
await step("use the old access token", () => {
  user.setSignInUserSession(tokens);
  return attribute(user, "email");
});
await step("use the old refresh token", () => refresh(person(), tokens.getRefreshToken().getToken()));
const { user: last } = await signIn(RESET);
await step("sign in with a newer code", async () => typeCode(last, await appCode(secret)));
await step("delete the user", () => called((callback) => last.deleteUser(callback)));
await step("sign in as the deleted user", () => signIn(RESET));
