import { domainToASCII } from "node:url";

/** A domain in the one spelling that is compared. Only {@link normalDomain} makes it, so raw text never is. */
export type Domain = string & { readonly spelling: "normal" };

// RFC 5321 4.1.2 and RFC 1035 2.3.4. The underscore is in neither, but in names that do receive mail.
const LABEL = /^\w(?:[\w-]{0,61}\w)?$/;
const LONGEST = 253;

// UTS 46 ignores some of these and refuses others, which differ by Unicode version. The two joiners stay: some scripts
// spell with them, and UTS 46 refuses them elsewhere.
const INVISIBLE = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/gu;

// UTS 46 takes all four for a dot.
const ROOT = /[.\u3002\uff0e\uff61]+$/;

// domainToASCII is the parser of URLs: it would end the domain at one of these, decode it, or drop it.
const URL_SYNTAX = /[#%/?\\\s]/;

// A quoted local part may hold anything, `@` too; another holds none of RFC 5322's specials but the dot.
const ADDRESS = /^(?:"(?:[^"\\]|\\.)*"\s*|[^"(),:;<>@[\\\]]+)@(.+)$/su;

/**
 * A domain in its normal spelling: lower case ASCII by UTS 46 (non-transitional), without the root's trailing dots,
 * invisible characters, or white space around it.
 *
 * Node's URL parser does it: it is in the runtime already and follows Unicode, while `punycode` maps nothing and `tr46`
 * brings a table many times the size of a handler.
 * @returns undefined for what is no mail domain, an IP address included
 * @see https://www.unicode.org/reports/tr46/
 */
export function normalDomain(domain: string): Domain | undefined {
  const visible = domain.replace(INVISIBLE, "").trim().replace(ROOT, "");
  if (URL_SYNTAX.test(visible)) return undefined;
  const ascii = domainToASCII(visible);
  // It reads `127.1` and `0x7f000001` as IPv4 addresses; no top-level domain is a number.
  const isAddress = /\.\d+$/.test(ascii);
  const isName = ascii.length <= LONGEST && ascii.split(".").every((label) => LABEL.test(label));
  return isName && !isAddress ? (ascii as Domain) : undefined;
}

/**
 * The domain of an email address as RFC 5321 and 6531 write it: what follows its one `@` outside a quoted local part.
 * @returns undefined where mail programs would disagree (several `@`, comments, `Name <address>`), and where there is no
 * domain to compare. No list can judge such an address, so refuse it wherever there is a list, of denied domains too.
 */
export function domainOf(address: string): Domain | undefined {
  const domain = ADDRESS.exec(address.trim())?.[1];
  return domain === undefined ? undefined : normalDomain(domain);
}

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
