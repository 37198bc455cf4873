import { isContact } from "../shared/contact";
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
  if (isContact(userName)) {
    throw new UserFacingError("username-refused", "Choose a user name that is not an email address or a phone number");
  }
}
