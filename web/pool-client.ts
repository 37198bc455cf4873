import type { SignInOutput } from "aws-amplify/auth";
import type { Session } from "./session";

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
  /** Leaves the page, for the sign-in at an identity provider. */
  leaveFor(provider: string): Promise<never>;
  forgotPassword(name: string): Promise<void>;
  setPassword(name: string, code: string, password: string): Promise<void>;
  /** Also takes in what an identity provider has sent back. @returns undefined when nobody is signed in */
  session(): Promise<Session | undefined>;
  /** Gets new tokens. */
  refresh(): Promise<Session | undefined>;
  signOut(): Promise<void>;
}
