import { type RefusalCode, refusalMessage } from "../../contract/refusals";

/**
 * A refusal whose message the end user may read.
 *
 * Cognito shows a handler's error to its caller, as `<Trigger> failed with error <message>.`, and adds the full stop.
 * Throw this only for messages that people may read. Every other error becomes one neutral sentence.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html
 */
export class UserFacingError extends Error {
  override readonly name = "UserFacingError";

  /** @param text what the person reads, without a full stop at its end */
  constructor(
    readonly code: RefusalCode,
    text: string,
  ) {
    super(refusalMessage(code, text));
  }
}

/** The refusal of an address, a number or a name that somebody else has. */
export const addressTaken = () => new UserFacingError("address-taken", "This address or phone number cannot be used");

/** The refusal of somebody who is kept out. @param purpose as in "log in" */
export const userBlocked = (purpose: string) =>
  new UserFacingError("user-blocked", `This user is no longer allowed to ${purpose}`);
