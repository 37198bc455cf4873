import { codeOf, type RefusalCode } from "../contract/refusals";

/** What a trigger said to a person, out of the error that Cognito made of it. */
export interface Refusal {
  /** The trigger in Cognito's spelling, as `PreSignUp`. */
  readonly trigger: string;
  /** For people to read, as plain text and never as HTML. */
  readonly text: string;
  /** For programs; absent where the refusal is none of ours. */
  readonly code?: RefusalCode;
}

/**
 * Reads Cognito's `<Trigger> failed with error <message>.`, whose last full stop is its own.
 * @returns undefined for a message of another kind
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html
 */
export function parseRefusal(message: string): Refusal | undefined {
  const [, trigger, said] = /^(\w+) failed with error (.*)$/s.exec(message) ?? [];
  if (!trigger || said === undefined) return undefined;
  return { trigger, ...codeOf(said.replace(/\.$/, "")) };
}
