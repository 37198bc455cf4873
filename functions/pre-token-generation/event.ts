import type { TriggerEvent, WithMetadata } from "../shared/event";

export const SOURCES = [
  "TokenGeneration_HostedAuth",
  "TokenGeneration_Authentication",
  "TokenGeneration_NewPasswordChallenge",
  "TokenGeneration_AuthenticateDevice",
  "TokenGeneration_RefreshTokens",
  "TokenGeneration_ClientCredentials",
] as const;

/** The value of a claim. In version 1 of the event, only text is allowed. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** `preferredRole` is one role; in AWS's own examples it is a list. */
interface Groups {
  groupsToOverride?: string[] | null;
  iamRolesToOverride?: string[] | null;
  preferredRole?: string | string[] | null;
}

interface Request extends WithMetadata {
  /** An object; AWS's page has shown it as a list of one. */
  groupConfiguration: Groups | Groups[] | null;
  /** Only in versions 2 and 3. */
  scopes: string[] | null;
}

export interface ClaimChange<Value = Json> {
  claimsToAddOrOverride?: Record<string, Value> | null;
  claimsToSuppress?: string[] | null;
}

export interface TokenChange extends ClaimChange {
  scopesToAdd?: string[] | null;
  scopesToSuppress?: string[] | null;
}

/** The details replace the groups in both tokens. Without details the groups stay; null and `{}` remove them. */
interface WithGroups {
  groupOverrideDetails?: Groups | null;
}

/** The first field is version 1's, the second of versions 2 and 3. */
interface Response {
  claimsOverrideDetails: (ClaimChange<string> & WithGroups) | null;
  claimsAndScopeOverrideDetails:
    | ({ idTokenGeneration?: ClaimChange; accessTokenGeneration?: TokenChange } & WithGroups)
    | null;
}

/** The event in all versions. The pool's `eventVersion` chooses. Only 3 has `TokenGeneration_ClientCredentials`. */
export type PreTokenGenerationEvent = TriggerEvent<(typeof SOURCES)[number], Request, Response>;

/** Whether the token is for a program, which signed in with a client secret. Such an event has no user. */
export const isForMachine = ({ triggerSource }: TriggerEvent): boolean =>
  triggerSource === "TokenGeneration_ClientCredentials";
