/**
 * The steps of the walk, in order, and what comes of each: "ok", the name of the error, or the value that was read.
 * Every client takes those that it has a call for.
 */
export const STEPS = {
  "sign up": "ok",
  "sign in before the code was typed": "UserNotConfirmedException",
  "confirm with a wrong code": "CodeMismatchException",
  "confirm with the mailed code": "ok",
  "sign in with a wrong password": "NotAuthorizedException",
  "sign in with the password": "ok",
  "sign in with SRP": "ok",
  refresh: "ok",
  "read whether the address is verified": "true",
  "change the name and read it": "Jo",
  "change the password": "ok",
  "sign in with the old password": "NotAuthorizedException",
  "forget the password": "ok",
  "reset it with a wrong code": "CodeMismatchException",
  "reset it with the mailed code": "ok",
  "set up an authenticator app": "ok",
  "sign in, and be asked for its code": "SOFTWARE_TOKEN_MFA",
  "type the code that set it up": "ExpiredCodeException",
  "type a wrong code": "CodeMismatchException",
  "type a new code": "ok",
  "sign in again, and type that code": "ExpiredCodeException",
  "use the session of the first sign-in": "NotAuthorizedException",
  "sign out everywhere": "ok",
  "use the old access token": "NotAuthorizedException",
  "use the old refresh token": "NotAuthorizedException",
  "sign in with a newer code": "ok",
  "delete the user": "ok",
  "sign in as the deleted user": "NotAuthorizedException",
} as const;

export type Step = keyof typeof STEPS;

/** What a client printed of a step. The message is for people; only `did` is compared. */
export interface Took {
  readonly step: string;
  readonly did: string;
  readonly message?: string;
}

/** The steps that a program printed, one JSON object a line. Throws where a line is none. */
export function stepsIn(output: string): Took[] {
  return output
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Took);
}
