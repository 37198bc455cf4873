import { UserFacingError } from "../shared/errors";

/**
 * Refuses a user name that is too short.
 * @param minimum in characters, as people count them
 * @throws UserFacingError with the sentence of AWS's own example
 */
export function requireLength(userName: string, minimum: number): void {
  if ([...userName].length >= minimum) return;
  throw new UserFacingError(
    "username-too-short",
    `Cannot register users with username less than the minimum length of ${minimum}`,
  );
}
