import type { Access } from "../functions/shared/access";
import { listedDomain, normalDomain } from "../functions/shared/domains";
import { SettingsError } from "./checked-settings";
import type { PoolShape } from "./pool-shape";

// Each domain list is right by itself when this is called. Here the lists are compared with each other and the pool.

/** @throws SettingsError when a setting of `access` has no effect, or contradicts another one */
export function checkAccess(access: Access, pool: PoolShape): void {
  const where = `${pool.id}.access`;
  const { deniedDomains, allowedDomains = [], includeSubdomains } = access;
  requireDifferent(deniedDomains, `${where}.deniedDomains`);
  requireDifferent(allowedDomains, `${where}.allowedDomains`);
  for (const domain of allowedDomains) {
    const denied = listed(domain, deniedDomains, access);
    if (denied) {
      throw new SettingsError(
        `${where}.allowedDomains has "${domain}", but deniedDomains has "${denied}", which refuses the same people: leave one of them out.`,
      );
    }
  }
  if (access.allowedDomains && pool.signIn === "username") {
    throw new SettingsError(
      `${where}.allowedDomains refuses everybody without an email address, and people of this pool have none: leave it out, or change ${pool.id}.signIn.`,
    );
  }
  if (access.allowedDomains && pool.selfSignUp && !pool.clientAttributes.includes("email")) {
    throw new SettingsError(
      `${where}.allowedDomains refuses everybody without an email address, and people who sign themselves up cannot give one: add "email" to ${pool.id}.clientAttributes, or set ${pool.id}.selfSignUp to false.`,
    );
  }
  // Cognito sends one code at sign-up: to the number of a person who gives both.
  if (access.allowedDomains && pool.verifies?.includes("phone_number")) {
    throw new SettingsError(
      `${where}.allowedDomains needs a proven address, but with "phone_number" in ${pool.id}.verifies a person is confirmed by the phone number alone, and may give any address: take it out, or leave out allowedDomains.`,
    );
  }
  if (deniedDomains.length > 0 && !mayHaveAddress(pool)) {
    throw new SettingsError(
      `${where}.deniedDomains refuses nobody, because people of this pool have no email address: leave it out, or change ${pool.id}.signIn.`,
    );
  }
  if (includeSubdomains && deniedDomains.length + allowedDomains.length === 0 && !pool.hasBlockList) {
    throw new SettingsError(
      `${where}.includeSubdomains is about listed domains, and this pool has no list: add deniedDomains, allowedDomains or a blockList, or leave it out.`,
    );
  }
  // An environment's own access comes here with its defaults.
  if (access.onUnavailable === "allow" && !pool.hasBlockList) {
    throw new SettingsError(
      `${where}.onUnavailable is "allow", which is about the block list, and this pool has none: add a blockList to ${pool.id}, or leave it out.`,
    );
  }
}

/** @throws SettingsError when `registeredDomains` repeats a domain, or has one whose users are refused */
export function checkRegisteredDomains(domains: readonly string[], access: Access | undefined, where: string): void {
  requireDifferent(domains, where);
  for (const domain of domains) {
    if (access && listed(domain, access.deniedDomains, access)) {
      throw new SettingsError(
        `${where} has "${domain}", whose users access.deniedDomains refuses: leave it out of one of them.`,
      );
    }
    if (access?.allowedDomains && !listed(domain, access.allowedDomains, access)) {
      throw new SettingsError(
        `${where} has "${domain}", whose users access.allowedDomains does not let in: add it there, or leave it out.`,
      );
    }
  }
}

/** @throws SettingsError when a provider is trusted for domains that `access` lets nobody in from, or for one twice */
export function checkTrustedDomains(domains: readonly string[], access: Access | undefined, where: string): void {
  requireDifferent(domains, `${where}.domains`);
  const isLetIn = (domain: string) =>
    !access ||
    (!listed(domain, access.deniedDomains, access) &&
      (!access.allowedDomains || listed(domain, access.allowedDomains, access)));
  if (domains.some(isLetIn)) return;
  throw new SettingsError(
    `${where} is ${JSON.stringify({ domains })}, but access lets nobody in with such an address, so nobody would be linked: trust the provider for a domain that access lets in, or for "no-address".`,
  );
}

/** @throws SettingsError when a list has one domain in two spellings, or twice */
function requireDifferent(domains: readonly string[], where: string): void {
  domains.forEach((domain, index) => {
    const other = domains.slice(0, index).find((before) => normalDomain(before) === normalDomain(domain));
    if (other === undefined) return;
    throw new SettingsError(`${where} has "${other}" and "${domain}", which are one domain: leave one of them out.`);
  });
}

function listed(domain: string, list: readonly string[], access: Access): string | undefined {
  const normal = normalDomain(domain);
  return normal && listedDomain(normal, list, access);
}

/** Whether anybody of the pool can have an email address: the triggers can compare no other. */
const mayHaveAddress = ({ signIn, clientAttributes }: PoolShape) =>
  signIn !== "username" || clientAttributes.includes("email");
