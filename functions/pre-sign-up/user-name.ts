import { UserFacingError } from "../shared/errors";
import { visible } from "../shared/names";

/**
 * Refuses a user name that is too short.
 * @param minimum in characters as people count them: a letter with its accents is one, an invisible character is none
 * @throws UserFacingError with the sentence of AWS's own example
 */
export function requireLength(userName: string, minimum: number): void {
  if (lengthOf(userName) >= minimum) return;
  throw new UserFacingError(
    "username-too-short",
    `Cannot register users with username less than the minimum length of ${minimum}`,
  );
}

/**
 * Refuses a user name that somebody from a provider would get, and who then could never come.
 * @param providers the names of the pool's providers in Cognito
 * @throws UserFacingError
 */
export function requireOwnName(userName: string, providers: readonly string[]): void {
  const name = userName.toLowerCase();
  if (!providers.some((provider) => name.startsWith(`${provider.toLowerCase()}_`))) return;
  throw new UserFacingError("username-refused", "This user name is not allowed: choose another one");
}

function lengthOf(userName: string): number {
  const characters = [...new Intl.Segmenter().segment(userName)];
  return characters.filter(({ segment }) => visible(segment) !== "").length;
}
