import type { TriggerEvent, WithMetadata } from "../shared/event";

export const SOURCES = [
  "TokenGeneration_HostedAuth",
  "TokenGeneration_Authentication",
  "TokenGeneration_NewPasswordChallenge",
  "TokenGeneration_AuthenticateDevice",
  "TokenGeneration_RefreshTokens",
  "TokenGeneration_ClientCredentials",
] as const;

/** What may stand in a claim; before version 2 of the event, text alone. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** `preferredRole` is one role, and a list in AWS's own examples. */
interface Groups {
  groupsToOverride?: string[] | null;
  iamRolesToOverride?: string[] | null;
  preferredRole?: string | string[] | null;
}

interface Request extends WithMetadata {
  /** An object; AWS's page has shown it as a list of one. */
  groupConfiguration: Groups | Groups[] | null;
  /** From version 2 on. */
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

/** What is said of the groups replaces them in both tokens: nothing leaves them, null and `{}` take them away. */
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

/** All versions of it: 1 by default, 2 and 3 as the pool is set, of which only 3 has `TokenGeneration_ClientCredentials`. */
export type PreTokenGenerationEvent = TriggerEvent<(typeof SOURCES)[number], Request, Response>;

/** Whether the token is for a program, by its client's own secret: no user is behind it. */
export const isForMachine = ({ triggerSource }: TriggerEvent): boolean =>
  triggerSource === "TokenGeneration_ClientCredentials";
