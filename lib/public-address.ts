import { BlockList, isIP } from "node:net";

/** What leads nowhere from outside: this machine, and networks of one's own. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  PRIVATE.addSubnet(network, bits, "ipv4");
}
for (const [network, bits] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
] as const) {
  PRIVATE.addSubnet(network, bits, "ipv6");
}

/**
 * Whether AWS may reach the host of an address: no private network, and no name without a dot.
 * @param address an absolute URL
 * @see https://www.rfc-editor.org/rfc/rfc6890
 */
export function isPublic(address: string): boolean {
  const host = new URL(address).hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  if (family !== 0) return !PRIVATE.check(host, family === 4 ? "ipv4" : "ipv6");
  return host.includes(".") && !/\.localhost\.?$/.test(host);
}
