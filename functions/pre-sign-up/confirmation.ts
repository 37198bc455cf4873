import { domainOf, listedDomain } from "../shared/domains";
import type { Settings } from "./settings";

/** Whether the user is confirmed at sign-up, without a code. */
export function isConfirmed(autoConfirm: Settings["autoConfirm"], attributes: Record<string, string>): boolean {
  if (autoConfirm === "everyone") return true;
  if (autoConfirm === "nobody") return false;
  const domain = attributes.email && domainOf(attributes.email);
  if (!domain) return false;
  const registered =
    autoConfirm === "custom:domain" ? [attributes["custom:domain"] ?? ""] : autoConfirm.registeredDomains;
  return listedDomain(domain, registered) !== undefined;
}
