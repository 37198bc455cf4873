import { Secret, TOTP } from "otpauth";
import { exception } from "../exceptions";
import type { User } from "./user";

const secondsOfStep = 30;

/**
 * How many steps before and after its own a code is accepted. AWS says only that it is so for a short time after; RFC
 * 6238 recommends one step.
 */
const stepsAround = 1;

/** A new secret, as long as Cognito's: 52 characters. */
export const newSecret = () => new Secret({ size: 32 }).base32;

/**
 * The time step of a code; undefined where the code is wrong.
 * @see https://www.rfc-editor.org/rfc/rfc6238
 */
export function stepOf(secret: string, code: string): number | undefined {
  const timestamp = Date.now();
  const app = new TOTP({ secret: Secret.fromBase32(secret), algorithm: "SHA1", digits: 6, period: secondsOfStep });
  const distance = app.validate({ token: code, timestamp, window: stepsAround });
  return distance === null ? undefined : Math.floor(timestamp / 1000 / secondsOfStep) + distance;
}

/** Checks a code of the user's app. The change notes that it was used. */
export function useTimedCode({ softwareToken, modified }: User, code: string): Partial<User> {
  if (!softwareToken) throw noSoftwareToken();
  const step = stepOf(softwareToken.secret, code);
  if (step === undefined) throw exception("CodeMismatchException", "Invalid code received for user");
  if (step <= softwareToken.lastStep)
    throw exception("ExpiredCodeException", "Your software token has already been used once.");
  // A sign-in is no change of the user's profile.
  return { softwareToken: { ...softwareToken, lastStep: step }, modified };
}

export const noSoftwareToken = () =>
  exception("SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user.");
