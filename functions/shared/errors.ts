import { type RefusalCode, refusalMessage } from "../../contract/refusals";

/**
 * A refusal whose message the end user may read.
 *
 * Cognito shows a handler's error to whoever called it, as `<Trigger> failed with error <message>.`, and adds the
 * full stop itself. Throw this only for what is meant for them; every other error becomes one neutral sentence.
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
