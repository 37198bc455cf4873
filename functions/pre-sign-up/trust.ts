import { domainOf, listedDomain } from "../shared/domains";
import { attributesOf, type TriggerEvent } from "../shared/event";
import { isVerified } from "../shared/verified";
import type { Linking, Trusted } from "./linking-settings";

/** A person at a provider that is trusted for the person's address. */
export interface ProvenIdentity {
  readonly provider: string;
  readonly subject: string;
  readonly email: string;
}

interface Provider {
  /** Its name in Cognito. */
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  readonly addresses: Trusted;
  /** How its subjects are written: in lower case, as Amazon writes them, or as this attribute has them. */
  readonly subjects: string;
}

// Cognito compares no more than the case of letters. Letters outside ASCII can fold into others (the Kelvin sign is a k),
// and mail programs would not agree on quotation marks, so such an address is never linked.
const PLAIN = /^[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+$/;

/** Whether two addresses are the same for Cognito and for mail programs. */
export const isSameAddress = (one: string, other: string) =>
  PLAIN.test(one) && PLAIN.test(other) && one.toLowerCase() === other.toLowerCase();

// Google and Facebook write digits, Apple digits and lower-case hex.
const OWN_PROVIDERS = [
  ["google", "Google", "Google", "lower-case"],
  ["apple", "SignInWithApple", "Apple", "lower-case"],
  ["amazon", "LoginWithAmazon", "Amazon", "amazon"],
  ["facebook", "Facebook", "Facebook", "lower-case"],
] as const;

/** Every provider that the settings name, and the four that Cognito has itself. */
export const providersOf = ({ trust }: Linking): Provider[] => [
  ...OWN_PROVIDERS.map(([key, name, title, subjects]) => ({ name, title, addresses: trust[key], subjects })),
  ...Object.entries({ ...trust.oidc, ...trust.saml }).map(([name, one]) => ({ name, title: name, ...one })),
];

/** The providers that are trusted for an address. */
export function providersTrustedFor(email: string, linking: Linking): Provider[] {
  const domain = PLAIN.test(email) && domainOf(email);
  if (!domain) return [];
  return providersOf(linking).filter(
    ({ addresses }) =>
      addresses === "every-address" || (addresses !== "no-address" && listedDomain(domain, addresses.domains)),
  );
}

/**
 * Who comes from a provider, if the provider is trusted for the address and says that it is verified.
 *
 * Cognito's name for such a person is `<Provider>_<subject>`. No provider's name has an underscore, so the first one ends
 * it, and the whole name must be a provider's.
 */
export function provenIdentity(event: TriggerEvent, linking: Linking): ProvenIdentity | undefined {
  const attributes = attributesOf(event);
  const { email = "" } = attributes;
  const [, name = "", written = ""] = /^([^_]+)_(.+)$/s.exec(event.userName ?? "") ?? [];
  const provider = providersTrustedFor(email, linking).find((one) => one.name.toLowerCase() === name.toLowerCase());
  const subject = provider && isVerified(attributes, "email") && exactSubject(written, provider.subjects, attributes);
  return subject ? { provider: provider.name, subject, email } : undefined;
}

/**
 * The subject as the provider writes it. Where the pool ignores case, the event has it in lower case. A link to another
 * spelling would wait for another person, whose subject that is.
 * @see https://github.com/aws-amplify/amplify-js/issues/13844
 * @returns undefined where the spelling is not known
 */
function exactSubject(written: string, subjects: string, attributes: Record<string, string>): string | undefined {
  const isFolded = written === written.toLowerCase();
  if (!isFolded || written === written.toUpperCase() || subjects === "lower-case") return written;
  if (subjects === "amazon") {
    const [, account] = /^amzn1\.account\.([a-z\d]+)$/.exec(written) ?? [];
    return account && `amzn1.account.${account.toUpperCase()}`;
  }
  const { [subjects]: mapped = "" } = attributes;
  // AWS does not say whether it puts such an attribute in lower case, too. One with a capital was left as it is.
  return mapped !== written && mapped.toLowerCase() === written ? mapped : undefined;
}
