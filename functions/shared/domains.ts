import { domainToASCII } from "node:url";

/** A domain in its normal spelling. Only {@link normalDomain} makes it, so raw text cannot be compared by mistake. */
export type Domain = string & { readonly spelling: "normal" };

// RFC 5321 4.1.2 and RFC 1035 2.3.4. Neither allows the underscore, but some domains with one receive mail.
const LABEL = /^\w(?:[\w-]{0,61}\w)?$/;
const LONGEST = 253;

// UTS 46 ignores some of these and refuses others, which differ by Unicode version. The two joiners stay: some scripts
// spell with them, and UTS 46 refuses them elsewhere.
const INVISIBLE = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/gu;

// UTS 46 reads all four characters as a dot.
const ROOT = /[.\u3002\uff0e\uff61]+$/;

// Unicode 15.1 changed UTS 46: the capital ẞ is now ß, and no longer ss. Versions of Node differ, and the command and the
// triggers may run in two of them.
const CAPITAL_SHARP_S = /\u1e9e/g;

// domainToASCII parses URLs: at one of these characters it would end the domain, decode it or drop it.
const URL_SYNTAX = /[#%/?\\\s]/;

// A quoted local part may hold any character, including `@`. An unquoted one holds no special of RFC 5322 but the dot.
const ADDRESS = /^("(?:[^"\\]|\\.)*"\s*|[^"(),:;<>@[\\\]]+)@(.+)$/su;

/**
 * A domain in its normal spelling: lower case ASCII by UTS 46 (non-transitional), without the root's trailing dots,
 * invisible characters, or white space around it.
 *
 * Node's URL parser converts it, because it is part of the runtime and follows Unicode. `punycode` does not map
 * characters, and `tr46` has a table many times the size of a handler.
 * @returns undefined for text that is not a mail domain, including IP addresses
 * @see https://www.unicode.org/reports/tr46/
 */
export function normalDomain(domain: string): Domain | undefined {
  const visible = domain.replace(INVISIBLE, "").trim().replace(ROOT, "");
  if (URL_SYNTAX.test(visible)) return undefined;
  // UTS 46 maps characters before it composes them. Of one that it maps to a letter, such as U+0345, the order among the
  // marks then matters, so they get Unicode's order first.
  const ascii = domainToASCII(visible.normalize("NFC").replace(CAPITAL_SHARP_S, "ß"));
  // domainToASCII turns `127.1` and `0x7f000001` into IPv4 addresses. No top-level domain is a number.
  const isAddress = /\.\d+$/.test(ascii);
  const isName = ascii.length <= LONGEST && ascii.split(".").every((label) => LABEL.test(label));
  return isName && !isAddress ? (ascii as Domain) : undefined;
}

/** The two parts of an email address: the local part as it is written, and the domain in its normal spelling. */
export interface AddressParts {
  readonly local: string;
  readonly domain: Domain;
}

/**
 * The parts of an email address as RFC 5321 and 6531 write it: the domain is what follows its one `@` outside a quoted
 * local part.
 * @returns undefined where mail programs would disagree (several `@`, comments, `Name <address>`), and where there is
 * no domain to compare. No list can judge such an address, so refuse it wherever there is a list, of denied domains
 * too.
 */
export function addressParts(address: string): AddressParts | undefined {
  const [, local, rest] = ADDRESS.exec(address.trim()) ?? [];
  const domain = rest === undefined ? undefined : normalDomain(rest);
  return local !== undefined && domain ? { local: local.trimEnd(), domain } : undefined;
}

/** The domain of an email address, where {@link addressParts} finds one. */
export const domainOf = (address: string): Domain | undefined => addressParts(address)?.domain;

/**
 * The entry of a list that a domain belongs to, if any, as the list spells it.
 * @param options.includeSubdomains whether `mail.example.com` belongs to `example.com`; false by default
 */
export function listedDomain(
  domain: Domain,
  list: readonly string[],
  { includeSubdomains = false } = {},
): string | undefined {
  return list.find((entry) => {
    const listed = normalDomain(entry);
    return domain === listed || (includeSubdomains && listed && domain.endsWith(`.${listed}`));
  });
}
