import type { SignInNames } from "./sign-in-request";

/** A challenge that has its response, as it is in the `session` of the functions' events. */
export interface ChallengeResult {
  readonly challengeName: "SRP_A" | "PASSWORD_VERIFIER" | "CUSTOM_CHALLENGE";
  readonly challengeResult: boolean;
  readonly challengeMetadata: string | null;
}

/** How far a custom authentication has come. */
export interface CustomAuthState extends SignInNames {
  /** The user's; absent where no user has the name. */
  readonly sub?: string;
  /** The client's public SRP key, where the client can prove a password. */
  readonly A?: string;
  readonly results: readonly ChallengeResult[];
}
