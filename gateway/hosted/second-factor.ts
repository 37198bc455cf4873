import { associateSoftwareToken, verifySoftwareToken } from "../operations/software-token";
import { ownUsers } from "../pools/client-providers";
import { checkStatus, runPostAuthentication } from "../sign-in/complete-sign-in";
import { askForFactor, checkSetup, checkTimedCode, chooseFactor } from "../sign-in/second-factor";
import type { ChallengeResponse, SignInResult } from "../sign-in/sign-in-request";
import type { User } from "../users/user";
import { type HostedAnswer, redirect } from "./exchange";
import { finishSignIn } from "./finish";
import { type HostedPage, hostedPage } from "./hosted-page";
import { field, form, hidden, paragraph } from "./html";

/** What the form about a factor carries. */
interface Asked {
  /** The session of the challenge. */
  readonly session: string;
  readonly username: string;
  /** The secret of an app that is being set up, or an empty text. */
  readonly secret: string;
}

/** Takes the code of a person's authenticator app, also the first one of a new app, and ends the sign-in. */
export const mfa = hostedPage({
  show(at, messages) {
    const asked = { session: at.typed("session"), username: at.typed("username"), secret: at.typed("secret") };
    return asked.session ? askForCode(at, asked, messages) : redirect(at.to("login"));
  },
  submit: async (at) => end(at, await (at.typed("secret") ? setUpApp(at) : checkCode(at))),
});

/** Goes on with somebody whose password was right: to a second factor, or to the end where none is needed. */
export async function afterPassword(at: HostedPage, user: User): Promise<HostedAnswer> {
  checkStatus(user);
  const asked = await askForFactor(at.context, user, "TokenGeneration_HostedAuth");
  return asked ? showFactor(at, user.username, asked) : end(at, user);
}

async function showFactor(at: HostedPage, username: string, asked: SignInResult): Promise<HostedAnswer> {
  const { ChallengeName, Session: session = "" } = asked;
  if (ChallengeName === "SELECT_MFA_TYPE") {
    // An app is the only factor that is served, so there is nothing to choose.
    const parameters = { USERNAME: username, ANSWER: "SOFTWARE_TOKEN_MFA" };
    return showFactor(at, username, await chooseFactor(response(at, session, parameters)));
  }
  if (ChallengeName !== "MFA_SETUP") return askForCode(at, { session, username, secret: "" });
  const { SecretCode: secret = "", Session = "" } = await associateSoftwareToken(at.context, { session });
  return askForCode(at, { session: Session, username, secret });
}

function askForCode(
  at: HostedPage,
  { session, username, secret }: Asked,
  messages: { alert?: string; notice?: string } = {},
): HostedAnswer {
  return at.show({
    title: secret ? "Set up an authenticator app" : "Type the code of your app",
    ...messages,
    body: (protection) =>
      (secret && paragraph(`Add this key to your authenticator app: ${secret}`)) +
      form(
        at.to("mfa"),
        [
          protection,
          hidden("session", session),
          hidden("username", username),
          hidden("secret", secret),
          field({ name: "code", label: "Code of the app", autocomplete: "one-time-code", isCode: true }),
        ],
        "Sign in",
      ),
  });
}

async function checkCode(at: HostedPage): Promise<User> {
  const parameters = { USERNAME: at.typed("username"), SOFTWARE_TOKEN_MFA_CODE: at.typed("code") };
  const { user } = await checkTimedCode(response(at, at.typed("session"), parameters));
  return user;
}

async function setUpApp(at: HostedPage): Promise<User> {
  const request = { UserCode: at.typed("code") };
  const { Session = "" } = await verifySoftwareToken(at.context, { session: at.typed("session") }, request);
  const { user } = await checkSetup(response(at, Session, { USERNAME: at.typed("username") }));
  return user;
}

const response = (
  { context }: HostedPage,
  session: string,
  parameters: ChallengeResponse["parameters"],
): ChallengeResponse => ({ context, parameters, session, metadata: undefined });

async function end({ context, authorization }: HostedPage, user: User): Promise<HostedAnswer> {
  await runPostAuthentication(context, user);
  return finishSignIn(context, user, authorization, ownUsers);
}
