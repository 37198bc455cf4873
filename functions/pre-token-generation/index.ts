import { type AccessOnly, requireAccess } from "../shared/access";
import type { TriggerEvent } from "../shared/event";
import { trigger } from "../shared/trigger";

const SOURCES = [
  "TokenGeneration_HostedAuth",
  "TokenGeneration_Authentication",
  "TokenGeneration_NewPasswordChallenge",
  "TokenGeneration_AuthenticateDevice",
  "TokenGeneration_RefreshTokens",
] as const;

export type PreTokenGenerationEvent = TriggerEvent<(typeof SOURCES)[number]>;

/**
 * Runs whenever Cognito is about to issue tokens, also at a refresh and a federated sign-in, where pre authentication
 * does not.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export const handler = trigger<PreTokenGenerationEvent, AccessOnly>({
  sources: SOURCES,
  guard: (event, { access }) => requireAccess(event, access, "log in"),
});
