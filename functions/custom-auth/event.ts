import type { TriggerEvent, WithMetadata } from "../shared/event";

export const SOURCES = [
  "DefineAuthChallenge_Authentication",
  "CreateAuthChallenge_Authentication",
  "VerifyAuthChallengeResponse_Authentication",
] as const;

/** One earlier step of a sign-in. The first in the list is the oldest. */
export interface Step {
  challengeName?: string;
  challengeResult?: boolean | null;
  challengeMetadata?: string | null;
}

interface WithSession extends WithMetadata {
  session: (Step | null)[] | null;
}

export interface DefineResponse {
  challengeName?: "PASSWORD_VERIFIER" | "CUSTOM_CHALLENGE";
  issueTokens: boolean;
  failAuthentication: boolean;
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-define-auth-challenge.html */
export type DefineEvent = TriggerEvent<(typeof SOURCES)[0], WithSession, DefineResponse>;

export interface CreateResponse {
  /** The parameters that the client gets. */
  publicChallengeParameters: Record<string, string>;
  /** The parameters that only the verification gets. */
  privateChallengeParameters: Record<string, string>;
  challengeMetadata: string;
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-create-auth-challenge.html */
export type CreateEvent = TriggerEvent<(typeof SOURCES)[1], WithSession & { challengeName: string }, CreateResponse>;

interface VerifyRequest extends WithMetadata {
  privateChallengeParameters: Record<string, string> | null;
  challengeAnswer: string | null;
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-verify-auth-challenge-response.html */
export type VerifyEvent = TriggerEvent<(typeof SOURCES)[2], VerifyRequest, { answerCorrect: boolean }>;

export type CustomAuthEvent = DefineEvent | CreateEvent | VerifyEvent;
