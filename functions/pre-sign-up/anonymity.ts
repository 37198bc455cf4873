import { UserFacingError } from "../shared/errors";

/**
 * Refuses everything that could identify a person.
 * @throws UserFacingError when there is any attribute, or the user name is an email address or a phone number
 */
export function requireAnonymity(userName: string, attributes: Record<string, string>): void {
  if (Object.keys(attributes).length > 0) {
    throw new UserFacingError(
      "attributes-refused",
      "Sign up with a user name and a password only: nothing else is stored here",
    );
  }
  if (isEmailAddress(userName) || isPhoneNumber(userName)) {
    throw new UserFacingError("username-refused", "Choose a user name that is not an email address or a phone number");
  }
}

// NFKC turns look-alikes such as the full-width ＠ into the plain character.
const isEmailAddress = (name: string) => name.normalize("NFKC").includes("@");

/** Seven to fifteen digits (E.164) of any script. Punctuation and invisible characters between them are ignored. */
function isPhoneNumber(name: string): boolean {
  const digits = name.normalize("NFKC").replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, "");
  return /^\p{Nd}{7,15}$/u.test(digits);
}
