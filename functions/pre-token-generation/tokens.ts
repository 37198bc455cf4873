import { isAttributeName } from "../../contract/attributes";
import { attributesOf } from "../shared/event";
import { type ClaimChange, isForMachine, type Json, type PreTokenGenerationEvent, type TokenChange } from "./event";
import type { Settings } from "./settings";
import type { Claim } from "./token-settings";

type Version = Settings["eventVersion"];

/**
 * Adds the changes of the settings to the response. If the settings change nothing, the response stays as it was.
 *
 * A deployment changes the pool and its function one after the other, so the answer has the version of the event and
 * not of the settings. In version 1 a claim that is not text is left out: Cognito would refuse the answer, and nobody
 * could sign in.
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
  const added: Record<string, Json> = {};
  const suppressed = [...suppress];
  for (const [name, claim] of Object.entries(claims)) {
    const content = contentOf(claim, event, version);
    if (content !== undefined && (version > 1 || typeof content === "string")) added[name] = content;
    // Cognito would write the attribute of that name instead, which people may have written themselves.
    else if (isAttributeName(name)) suppressed.push(name);
  }
  return {
    ...(!isEmpty(added) && { claimsToAddOrOverride: added }),
    ...(suppressed.length > 0 && { claimsToSuppress: suppressed }),
  };
}

/** The value of a claim for this user or program, if there is one. */
function contentOf(claim: Claim, event: PreTokenGenerationEvent, version: Version): Json | undefined {
  if ("value" in claim) return claim.value;
  if ("clientId" in claim) return event.callerContext?.clientId ?? undefined;
  if (isForMachine(event)) return undefined;
  if ("attribute" in claim) return attributesOf(event)[claim.attribute];
  // In text with commas, a group with a comma in its name would look like two groups.
  const groups = groupsOf(event).filter((name) => version > 1 || !name.includes(","));
  if (groups.length === 0) return undefined;
  return version === 1 ? groups.join(",") : groups;
}

function groupsOf({ request }: PreTokenGenerationEvent): string[] {
  const groups = [request?.groupConfiguration].flat().flatMap((configuration) => configuration?.groupsToOverride);
  return groups.filter((name) => typeof name === "string");
}

/** The response's details. A null for the groups is left out, because it would remove the groups. */
function details<Details extends object>(before: Details | null | undefined): Partial<Details> {
  const { groupOverrideDetails, ...others } = object(before);
  return (groupOverrideDetails ? { ...others, groupOverrideDetails } : others) as Partial<Details>;
}

/** Adds a change to the changes that the response already has. */
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

/** A part of the response as an object. In AWS's own test events it is an empty list. */
const object = (value: unknown): Record<string, unknown> => (typeof value === "object" ? { ...value } : {});
