import { codeOf, type RefusalCode } from "../contract/refusals";

/** The refusal of a trigger, read from the error message of Cognito. */
export interface Refusal {
  /** Cognito's name of the trigger, such as `PreSignUp`. */
  readonly trigger: string;
  /** For people. It is plain text, never HTML. */
  readonly text: string;
  /** For programs. Missing if the trigger is not one of this project. */
  readonly code?: RefusalCode;
}

/**
 * Reads Cognito's `<Trigger> failed with error <message>.`, where Cognito has added the last full stop.
 * @returns undefined for a message of another kind
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html
 */
export function parseRefusal(message: string): Refusal | undefined {
  const [, trigger, said] = /^(\w+) failed with error (.*)$/s.exec(message) ?? [];
  if (!trigger || said === undefined) return undefined;
  return { trigger, ...codeOf(said.replace(/\.$/, "")) };
}
