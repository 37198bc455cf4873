import { SETTINGS_VARIABLE } from "../../../functions/shared/settings-object";
import { isObject, same, UNKNOWN } from "../change";
import type { Rule } from "../rule";
import { capital, listed, thing } from "../words";
import { accessWeaker, isListed } from "./access-settings";
import { texts, without } from "./properties";

type Settings = Record<string, unknown>;

/** What a trigger's function does, by its settings. */
export const settingsWeakened: Rule = {
  id: "settings-weakened",
  effect: "protection",
  reason: "A trigger's settings say whom it refuses, whom it believes, what is in tokens, and where codes are sent.",
  check(change) {
    if (change.type !== "aws_lambda_function" || (change.kind !== "update" && change.kind !== "replace")) return [];
    const variable = ["environment", 0, "variables", SETTINGS_VARIABLE] as const;
    const after = change.after(...variable);
    if (after === UNKNOWN) {
      return change.before(...variable)
        ? [{ text: `The settings of the ${thing(change)} are known only after the deployment.` }]
        : [];
    }
    const [old, now] = [parsed(change.before(...variable)), parsed(after)];
    if (!old || !now)
      return old && change.before(...variable) ? [{ text: `The ${thing(change)} loses its settings.` }] : [];
    const weaker = [
      ...accessWeaker(old.access, now.access),
      ...signUpWeaker(old, now),
      ...linkingWeaker(old.linking, now.linking),
      ...migrationWeaker(old, now),
      ...signInWeaker(old, now),
      ...tokensWeaker(old, now),
    ];
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

/** Whom a first sign-in through a provider is linked to. */
function linkingWeaker(old: unknown, now: unknown): string[] {
  if (!isObject(now)) return [];
  const [before, after] = [trustIn(old), trustIn(now)];
  const wider = [...after].filter(([provider, trusted]) => isWider(before.get(provider), trusted));
  const otherSubjects = [...after].filter(([provider, { subjects }]) => {
    const earlier = before.get(provider);
    return earlier && isTrusted(earlier) && !same(earlier.subjects, subjects);
  });
  return [
    wider.length > 0 &&
      `${listed(wider.map(([provider]) => provider))} is believed for more addresses: who has one there gets the account that holds it`,
    otherSubjects.length > 0 &&
      `the people of ${listed(otherSubjects.map(([provider]) => provider))} are known by another spelling`,
    isObject(old) &&
      old.otherwise === "refuse" &&
      now.otherwise !== "refuse" &&
      "people whose address is not trusted come in as somebody new",
  ].filter((text) => typeof text === "string");
}

interface Trusted {
  readonly addresses: unknown;
  readonly subjects?: unknown;
}

/** What is trusted of each provider, by its path such as `oidc.Company`. */
function trustIn(linking: unknown): Map<string, Trusted> {
  const trust = isObject(linking) && isObject(linking.trust) ? linking.trust : {};
  return new Map(
    Object.entries(trust).flatMap(([kind, value]): [string, Trusted][] =>
      kind === "oidc" || kind === "saml"
        ? Object.entries(isObject(value) ? value : {}).map(([name, one]) => [
            `${kind}.${name}`,
            isObject(one) ? { addresses: one.addresses, subjects: one.subjects } : { addresses: one },
          ])
        : [[kind, { addresses: value }]],
    ),
  );
}

const isTrusted = ({ addresses }: Trusted) => addresses !== "no-address" && addresses !== undefined;

/** Whether a provider is believed for an address for which it was not. */
function isWider(before: Trusted = { addresses: "no-address" }, after: Trusted): boolean {
  if (!isTrusted(after) || before.addresses === "every-address") return false;
  if (after.addresses === "every-address") return true;
  const domains = ({ addresses }: Trusted) => (isObject(addresses) ? addresses.domains : undefined);
  return texts(domains(after)).some((domain) => !isListed(domain, domains(before), {}));
}

/** Who comes in from the legacy directory, and what is believed of it. */
function migrationWeaker(old: Settings, now: Settings): string[] {
  if (typeof old.table !== "string" || !isObject(old.attributes)) return [];
  return [
    old.table !== now.table && "people come in from another table, with what it says of them",
    !same(old.attributes, now.attributes) && "people come in with other attributes",
    !same(old.userName, now.userName) && "people come in with other user names",
    !old.addressesAreProven && now.addressesAreProven && "addresses of the directory count as verified without proof",
    old.finalStatus === "RESET_REQUIRED" &&
      now.finalStatus !== "RESET_REQUIRED" &&
      "people who come in keep the password of the directory",
  ].filter((text) => typeof text === "string");
}

/** How people sign in, what they get and what is recorded, and where their codes are sent. */
function signInWeaker(old: Settings, now: Settings): string[] {
  return [
    old.through !== undefined && !same(old.through, now.through) && "codes are sent through somebody else",
    old.passwordFirst === true && !now.passwordFirst && "a code alone is enough to sign in, without the password",
    typeof old.group === "string" && old.group !== now.group && "people get another group",
    old.afterPasswordReset === false && now.afterPasswordReset && "a password reset gives the group back",
    old.onFailure === "deny" && now.onFailure === "allow" && "sign-ins that cannot be recorded are let in",
    Number(now.keepDays) < Number(old.keepDays) &&
      `sign-ins are recorded for ${now.keepDays} days instead of ${old.keepDays}`,
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
    const [claims, others] = [before?.claims, after?.claims].map((value) => (isObject(value) ? value : {}));
    const changed = Object.keys(claims ?? {}).filter((name) => !same(claims?.[name], others?.[name]));
    return [
      shown.length > 0 && `${name} has ${listed(shown)} again`,
      scopes.length > 0 && `${name} has the scope ${listed(scopes)} again`,
      changed.length > 0 && `${name} says something else in ${listed(changed)}, or nothing`,
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
  const added = texts(registered(now)).filter((domain) => !isListed(domain, registered(old), {}));
  return added.length > 0 ? `people of ${listed(added)} are confirmed without proof` : undefined;
}
