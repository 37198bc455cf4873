import { listedDomain, normalDomain } from "../../../functions/shared/domains";
import { isObject } from "../change";
import { listed } from "../words";
import { texts } from "./properties";

type Access = Record<string, unknown>;

/** What `access` lets in that it refused before, as the ends of sentences. */
export function accessWeaker(old: unknown, now: unknown): string[] {
  if (!isObject(old)) return [];
  if (!isObject(now)) return ["domains and the block list no longer keep anybody out"];
  const undenied = texts(old.deniedDomains).filter((domain) => !refuses(now, domain));
  const allowed = texts(now.allowedDomains).filter((domain) => !isListed(domain, old.allowedDomains, old));
  const hadAllowed = texts(old.allowedDomains).length > 0;
  return [
    undenied.length > 0 && `people of ${listed(undenied)} are no longer refused`,
    hadAllowed && !now.allowedDomains && "people of every domain are accepted",
    hadAllowed && allowed.length > 0 && `people of ${listed(allowed)} are accepted`,
    old.blockListTable && !now.blockListTable && "the block list keeps nobody out any more",
    old.blockListTable &&
      now.blockListTable &&
      old.blockListTable !== now.blockListTable &&
      "it reads another block list, which may not have the people who are blocked",
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

const refuses = (access: Access, domain: string) =>
  isListed(domain, access.deniedDomains, access) ||
  (texts(access.allowedDomains).length > 0 && !isListed(domain, access.allowedDomains, access));

/** Whether a list has the domain, as the triggers compare domains. */
export function isListed(domain: string, list: unknown, { includeSubdomains }: Access): boolean {
  const normal = normalDomain(domain);
  if (!normal) return texts(list).includes(domain);
  return listedDomain(normal, texts(list), { includeSubdomains: includeSubdomains === true }) !== undefined;
}
