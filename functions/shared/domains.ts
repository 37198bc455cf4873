/** A domain as it is compared: lower case, without white space around it or the root's trailing dots. */
export function normalDomain(domain: string): string {
  return domain.trim().toLowerCase().replace(/\.+$/, "");
}

/** The domain of an email address: what follows its last `@`, since a quoted local part may hold one too. */
export function domainOf(address: string): string {
  return normalDomain(address.slice(address.lastIndexOf("@") + 1));
}
