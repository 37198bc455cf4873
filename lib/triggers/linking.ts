import type { Settings } from "../../functions/pre-sign-up/settings";
import type { Access } from "../../functions/shared/access";
import { checkTrustedDomains } from "../access-checks";
import { SettingsError } from "../checked-settings";
import type { IdentityProviders } from "../identity-providers";
import type { Permission } from "../permission";
import type { PoolShape } from "../pool-shape";
import type { Pool } from "./trigger";

/** The permission to link people from providers to users of the pool, and to undo it. */
export const linkPeople = (pool: Pool): Permission => ({
  name: "link-people",
  actions: [
    "cognito-idp:AdminGetUser",
    "cognito-idp:ListUsers",
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminSetUserPassword",
    "cognito-idp:AdminLinkProviderForUser",
    "cognito-idp:AdminDisableProviderForUser",
  ],
  on: { resources: [pool.arn] },
});

/** Whether the provider can say that an address is verified. */
const saysVerified = (provider?: { readonly attributes: Readonly<Record<string, string>> }) =>
  provider?.attributes.email_verified !== undefined;

const OWN = ["google", "apple", "amazon", "facebook"] as const;
const NAMED = ["oidc", "saml"] as const;

/** The length of the user name that a newcomer gets, a UUID. */
const NEWCOMERS_NAME = 36;

/** Refuses a `linking` that could never link, that would let nobody in, or that would give profiles away. */
export function checkLinking(
  settings: Pick<Settings, "linking" | "autoVerify" | "anonymous" | "minimumUserNameLength">,
  pool: PoolShape,
  where: string,
  access: Access | undefined,
): void {
  const { linking, autoVerify, anonymous, minimumUserNameLength = 0 } = settings;
  if (!linking) return;
  const { trust, otherwise } = linking;
  const providers: Partial<IdentityProviders> = pool.identityProviders ?? {};
  const setting = `${where}.linking`;
  if (anonymous) {
    throw new SettingsError(`${setting} goes by addresses, which ${where}.anonymous refuses: leave one of them out.`);
  }
  if (pool.signIn === "username" || (pool.verifies && !pool.verifies.includes("email"))) {
    throw new SettingsError(
      `${setting} links people by a verified address, but this pool verifies none: leave it out, or set ${pool.id}.verifies and signIn so that people prove their "email".`,
    );
  }
  if (autoVerify.includes("email")) {
    throw new SettingsError(
      `${setting} trusts the pool's verified addresses, but ${where}.autoVerify marks "email" as verified without proof: whoever signs up first with the address of another person would be linked to that person's account at a provider. Leave one of them out.`,
    );
  }
  if (minimumUserNameLength > NEWCOMERS_NAME) {
    throw new SettingsError(
      `${where}.minimumUserNameLength is ${minimumUserNameLength}, but a newcomer from a provider gets a user name of ${NEWCOMERS_NAME} characters: set it to that at most, or leave ${setting} out.`,
    );
  }
  const own = OWN.filter((kind) => providers[kind]);
  const named = NAMED.flatMap((kind) => Object.keys(providers[kind] ?? {}).map((name) => [kind, name] as const));
  if (own.length + named.length === 0) {
    throw new SettingsError(
      `${setting} is for people from identity providers, and the pool has none: leave it out, or set ${pool.id}.identityProviders.`,
    );
  }
  for (const kind of OWN) {
    // Google's default is for every pool, also for one without Google.
    if (kind !== "google" && trust[kind] !== "no-address" && !providers[kind]) throw unknown(kind, kind);
  }
  for (const kind of NAMED) {
    for (const [name, { subjects }] of Object.entries(trust[kind])) {
      const provider = providers[kind]?.[name];
      if (!provider) throw unknown(`${kind}.${name}`, name);
      const source = kind === "oidc" ? "sub" : provider.attributes[subjects];
      if (subjects !== "lower-case" && (!source || provider.attributes[subjects] !== source)) {
        throw new SettingsError(
          `${setting}.trust.${kind}.${name}.subjects is "${subjects}", but the provider's subject is not mapped to it: add it to ${pool.id}.identityProviders.${kind}.${name}.attributes${kind === "oidc" ? ` as "sub"` : ""}, to customAttributes and to clientAttributes.`,
        );
      }
    }
  }
  const trusted = [
    ...own.map((kind) => [kind, trust[kind]] as const),
    ...named.map(([kind, name]) => [`${kind}.${name}.addresses`, trust[kind][name]?.addresses] as const),
  ];
  for (const [path, addresses] of trusted) {
    if (typeof addresses === "object") checkTrustedDomains(addresses.domains, access, `${setting}.trust.${path}`);
  }
  const silent =
    own.find((kind) => trust[kind] !== "no-address" && !saysVerified(providers[kind])) ??
    named.find(([kind, name]) => trustsNamed(kind, name) && !saysVerified(providers[kind]?.[name]))?.join(".");
  if (silent) {
    throw new SettingsError(
      `${setting}.trust.${silent} could never link anybody, because no claim of the provider is mapped to "email_verified": add it to ${pool.id}.identityProviders.${silent}.attributes, or set the trust to "no-address".`,
    );
  }
  const hopeless =
    own.find((kind) => trust[kind] === "no-address") ?? named.find(([kind, name]) => !trustsNamed(kind, name))?.[1];
  if (otherwise === "refuse" && hopeless) {
    throw new SettingsError(
      `${setting}.otherwise is "refuse", but ${hopeless} is trusted for no address, so nobody could come from there: trust it, take it out of ${pool.id}.identityProviders, or set otherwise to "separate".`,
    );
  }

  function trustsNamed(kind: (typeof NAMED)[number], name: string): boolean {
    return (trust[kind][name]?.addresses ?? "no-address") !== "no-address";
  }

  function unknown(path: string, name: string): SettingsError {
    return new SettingsError(
      `${setting}.trust.${path} trusts ${name}, which is no provider of this pool: add it to ${pool.id}.identityProviders, or leave it out.`,
    );
  }
}
