import { attributesOf } from "../shared/event";
import { type ClaimChange, isForMachine, type Json, type PreTokenGenerationEvent, type TokenChange } from "./event";
import type { Settings } from "./settings";
import type { Claim } from "./token-settings";

type Version = Settings["eventVersion"];

/**
 * Writes what the settings change into the response, beside what it holds; it stays as it came where they change nothing.
 *
 * The shape is that of the version that the pool really sends, since a pool and its function are deployed one after the
 * other. In version 1 a claim that is no text is left out then: Cognito would refuse the answer, and nobody could sign in.
 */
export function changeTokens(event: PreTokenGenerationEvent, settings: Settings): void {
  const version = versionOf(event) ?? settings.eventVersion;
  const id = isForMachine(event) ? {} : claimChange(event, version, settings.idToken);
  if (version === 1) {
    changeIdToken(event, id as ClaimChange<string>);
    return;
  }
  const { addScopes = [], suppressScopes = [] } = settings.accessToken ?? {};
  changeBothTokens(event, id, {
    ...claimChange(event, version, settings.accessToken),
    ...(addScopes.length > 0 && { scopesToAdd: addScopes }),
    ...(suppressScopes.length > 0 && { scopesToSuppress: suppressScopes }),
  });
}

function versionOf({ version }: PreTokenGenerationEvent): Version | undefined {
  return ([1, 2, 3] as const).find((known) => String(version) === String(known));
}

function changeIdToken(event: PreTokenGenerationEvent, id: ClaimChange<string>): void {
  if (isEmpty(id)) return;
  const claimsOverrideDetails = merged(details(event.response?.claimsOverrideDetails), id);
  event.response = { ...event.response, claimsOverrideDetails };
}

function changeBothTokens(event: PreTokenGenerationEvent, id: ClaimChange, access: TokenChange): void {
  if (isEmpty(id) && isEmpty(access)) return;
  const before = details(event.response?.claimsAndScopeOverrideDetails);
  const claimsAndScopeOverrideDetails = {
    ...before,
    ...(!isEmpty(id) && { idTokenGeneration: merged(before.idTokenGeneration, id) }),
    ...(!isEmpty(access) && { accessTokenGeneration: merged(before.accessTokenGeneration, access) }),
  };
  event.response = { ...event.response, claimsAndScopeOverrideDetails };
}

function claimChange(event: PreTokenGenerationEvent, version: Version, token: Settings["idToken"]): ClaimChange {
  const { claims = {}, suppress = [] } = token ?? {};
  const said = Object.entries(claims).map(([name, claim]) => [name, contentOf(claim, event, version)]);
  const added = said.filter(([, content]) => (version === 1 ? typeof content === "string" : content !== undefined));
  return {
    ...(added.length > 0 && { claimsToAddOrOverride: Object.fromEntries(added) }),
    ...(suppress.length > 0 && { claimsToSuppress: suppress }),
  };
}

/** What a claim says of this user or program, if anything. */
function contentOf(claim: Claim, event: PreTokenGenerationEvent, version: Version): Json | undefined {
  if ("value" in claim) return claim.value;
  if ("clientId" in claim) return event.callerContext?.clientId ?? undefined;
  if (isForMachine(event)) return undefined;
  if ("attribute" in claim) return attributesOf(event)[claim.attribute];
  // In text, a group with a comma in its name would be two.
  const groups = groupsOf(event).filter((name) => version > 1 || !name.includes(","));
  if (groups.length === 0) return undefined;
  return version === 1 ? groups.join(",") : groups;
}

function groupsOf({ request }: PreTokenGenerationEvent): string[] {
  const groups = [request?.groupConfiguration].flat().flatMap((configuration) => configuration?.groupsToOverride);
  return groups.filter((name) => typeof name === "string");
}

/** What the response says of the tokens; but null for the groups would take them away, which no setting asks for. */
function details<Details extends object>(before: Details | null | undefined): Partial<Details> {
  const { groupOverrideDetails, ...others } = object(before);
  return (groupOverrideDetails ? { ...others, groupOverrideDetails } : others) as Partial<Details>;
}

/** A change to a token, beside what the response says of it already. */
function merged<Change extends TokenChange>(existing: Change | null | undefined, change: Change): Change {
  const before = object(existing);
  const both = Object.entries(change).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...new Set([...list(before[name]), ...value])] : { ...object(before[name]), ...value },
  ]);
  return { ...before, ...Object.fromEntries(both) };
}

const isEmpty = (change: object): boolean => Object.keys(change).length === 0;

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A part of the response, whatever it came as: in AWS's own test events it is an empty list. */
const object = (value: unknown): Record<string, unknown> => (typeof value === "object" ? { ...value } : {});
