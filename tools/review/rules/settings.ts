import { SETTINGS_VARIABLE } from "../../../functions/shared/settings-object";
import { isObject, UNKNOWN } from "../change";
import type { Rule } from "../rule";
import { capital, listed, thing } from "../words";
import { texts, without } from "./properties";

type Settings = Record<string, unknown>;

/** What a trigger's function refuses, by its settings. */
export const settingsWeakened: Rule = {
  id: "settings-weakened",
  effect: "protection",
  reason: "A trigger's settings say whom it refuses, and whom it confirms without proof.",
  check(change) {
    if (change.type !== "aws_lambda_function" || (change.kind !== "update" && change.kind !== "replace")) return [];
    const variable = ["environment", 0, "variables", SETTINGS_VARIABLE] as const;
    const after = change.after(...variable);
    if (after === UNKNOWN) {
      const guards = /"(access|takeOverGuard|autoConfirm)"/.test(String(change.before(...variable)));
      return guards ? [{ text: `The settings of the ${thing(change)} are known only after the deployment.` }] : [];
    }
    const [old, now] = [parsed(change.before(...variable)), parsed(after)];
    if (!old || !now)
      return old && change.before(...variable) ? [{ text: `The ${thing(change)} loses its settings.` }] : [];
    const weaker = [...accessWeaker(old.access, now.access), ...signUpWeaker(old, now), ...tokensWeaker(old, now)];
    return weaker.map((text) => ({ text: `${capital(thing(change))}: ${text}.` }));
  },
};

function parsed(settings: unknown): Settings | undefined {
  if (typeof settings !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(settings);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function accessWeaker(old: unknown, now: unknown): string[] {
  if (!isObject(old)) return [];
  if (!isObject(now)) return ["domains and the block list no longer keep anybody out"];
  const undenied = without(old.deniedDomains, now.deniedDomains);
  const allowed = without(now.allowedDomains, old.allowedDomains);
  return [
    undenied.length > 0 && `people of ${listed(undenied)} are no longer refused`,
    texts(old.allowedDomains).length > 0 && !now.allowedDomains && "people of every domain are accepted",
    texts(old.allowedDomains).length > 0 && allowed.length > 0 && `people of ${listed(allowed)} are accepted`,
    old.blockListTable && !now.blockListTable && "the block list keeps nobody out any more",
    old.onUnavailable === "deny" &&
      now.onUnavailable === "allow" &&
      "blocked people come in while the block list cannot be read",
    old.appliesToAdminCreatedUsers === true &&
      !now.appliesToAdminCreatedUsers &&
      "it no longer applies to users whom an administrator creates",
    old.includeSubdomains === true &&
      !now.includeSubdomains &&
      texts(old.deniedDomains).length > 0 &&
      "sub-domains of denied domains are accepted",
    old.includeSubdomains === false &&
      now.includeSubdomains &&
      texts(now.allowedDomains).length > 0 &&
      "sub-domains of allowed domains are accepted",
  ].filter((text) => typeof text === "string");
}

function signUpWeaker(old: Settings, now: Settings): string[] {
  const marked = without(now.autoVerify, old.autoVerify);
  const length = (settings: Settings) => Number(settings.minimumUserNameLength ?? 0);
  return [
    confirmsMore(old.autoConfirm, now.autoConfirm),
    marked.length > 0 && `${listed(marked)} counts as verified without proof`,
    old.takeOverGuard &&
      !now.takeOverGuard &&
      texts(now.autoVerify).length > 0 &&
      "the take-over guard is gone: somebody can take the address of another account",
    old.takeOverGuard === "refuse" && now.takeOverGuard === "skip" && "the take-over guard no longer refuses a sign-up",
    length(now) < length(old) && `user names may have ${length(now) || 1} characters instead of ${length(old)}`,
    old.anonymous === true && !now.anonymous && "it no longer refuses what identifies people",
    old.legacyTable && !now.legacyTable && "people of the legacy directory no longer keep their name",
  ].filter((text) => typeof text === "string");
}

/** What is in tokens: less that is left out of them, or more scopes. */
function tokensWeaker(old: Settings, now: Settings): string[] {
  return ["idToken", "accessToken"].flatMap((token) => {
    const [before, after] = [old[token], now[token]].map((value) => (isObject(value) ? value : {}));
    const name = token === "idToken" ? "the ID token" : "the access token";
    const shown = without(before?.suppress, after?.suppress);
    const scopes = without(before?.suppressScopes, after?.suppressScopes);
    const added = without(after?.addScopes, before?.addScopes);
    return [
      shown.length > 0 && `${name} has ${listed(shown)} again`,
      scopes.length > 0 && `${name} has the scope ${listed(scopes)} again`,
      added.length > 0 && `${name} gets the scope ${listed(added)} for everybody`,
    ].filter((text) => typeof text === "string");
  });
}

/** Who is confirmed without proof, from nobody to everyone. */
function confirmsMore(old: unknown, now: unknown): string | undefined {
  if (now === undefined || now === "nobody" || JSON.stringify(old) === JSON.stringify(now)) return undefined;
  if (now === "everyone") return "everybody is confirmed without proof";
  if (old === "everyone") return undefined;
  if (now === "custom:domain") return "people are confirmed by what they write themselves";
  const registered = (value: unknown) => (isObject(value) ? value.registeredDomains : undefined);
  if (old === "custom:domain") return undefined;
  const added = without(registered(now), registered(old));
  return added.length > 0 ? `people of ${listed(added)} are confirmed without proof` : undefined;
}
