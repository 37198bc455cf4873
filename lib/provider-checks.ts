import { isDeepStrictEqual } from "node:util";
import { STANDARD_ATTRIBUTES } from "../contract/attributes";
import { SettingsError } from "./checked-settings";
import type { Environment } from "./environments";
import { type IdentityProviders, secretsOf } from "./identity-providers";
import { hasDomain } from "./pool-domains";
import type { CheckedPoolSettings } from "./pool-settings";
import { isAttribute } from "./pool-shape";
import type { TriggerSettings } from "./pool-triggers";
import { namesOfProviders, type Provider, providersOf } from "./provider-types";
import { isPublic } from "./public-address";
import { isAnonymous } from "./triggers/pre-sign-up";

/** What attributes say whether another one is verified. */
const FLAGS: Readonly<Record<string, string>> = { email_verified: "email", phone_number_verified: "phone_number" };

interface Pool extends Pick<CheckedPoolSettings, "signIn" | "customDomain" | "customAttributes">, TriggerSettings {
  readonly id: string;
  readonly environment: Environment;
  readonly clientAttributes: readonly string[];
}

/**
 * The providers of a pool, once it is checked what one setting alone does not show.
 * @throws SettingsError when the pool cannot have them
 */
export function checkedProviders(settings: IdentityProviders, pool: Pool): Provider[] {
  const { id, environment, triggers = {} } = pool;
  checkMetadata(settings, id);
  const providers = providersOf(settings);
  checkNames(providers, id);
  for (const provider of providers) {
    const where = `${id}.identityProviders.${provider.path}`;
    if (isAnonymous(triggers.preSignUp))
      throw new SettingsError(`${where} is there, but a provider says who people are: the pool is anonymous.`);
    if (!hasDomain(pool)) {
      throw new SettingsError(
        `${where} needs a domain, where people sign in: set environments.${environment.name}.domainPrefix or ${id}.customDomain.`,
      );
    }
    checkAttributes(provider, pool, where);
    checkAddressScope(provider, where);
    if (provider.type === "OIDC") checkOidc(provider, pool, where);
    const metadata = provider.details.MetadataURL;
    if (metadata !== undefined && pool.environment.stage !== "local") requirePublic(`${where}.metadataUrl`, metadata);
    if (pool.access?.allowedDomains && !("email_verified" in provider.attributes)) {
      throw new SettingsError(
        `${where} says of no address whether it is verified, and ${id}.access.allowedDomains lets in only people with a verified address: map email_verified in its attributes, or leave out one of the two.`,
      );
    }
  }
  const [first] = providers;
  if (first && triggers.preSignUp?.autoVerify?.length) {
    throw new SettingsError(
      `${id}.triggers.preSignUp.autoVerify would mark addresses as verified that people of ${id}.identityProviders.${first.path} never proved: leave out one of the two.`,
    );
  }
  checkRights(settings, pool);
  return providers;
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-oidc-idp.html */
function checkOidc({ details, secret }: Provider, { environment }: Pool, where: string): void {
  const { oidc_issuer: issuer = "", authorize_scopes: scopes = "" } = details;
  const isLocal = environment.stage === "local";
  if (!secret && !isLocal) {
    throw new SettingsError(
      `${where}.clientSecret is missing: only the local environment can have a provider without a secret.`,
    );
  }
  if (!scopes.split(" ").includes("openid")) throw new SettingsError(`${where}.scopes must have openid.`);
  if (!issuer.startsWith("https://") && !(isLocal && /^http:\/\/localhost[:/]/.test(issuer)))
    throw new SettingsError(`${where}.issuer is "${issuer}", but it must be an address with https://.`);
  if (isLocal) return;
  requirePublic(`${where}.issuer`, issuer);
  const { port } = new URL(issuer);
  if (port !== "" && port !== "80") {
    throw new SettingsError(
      `${where}.issuer is "${issuer}", but Cognito reaches providers at ports 443 and 80 alone: give an address without a port.`,
    );
  }
}

/** Refuses an address that Cognito itself has to ask. */
function requirePublic(setting: string, address: string): void {
  if (isPublic(address)) return;
  throw new SettingsError(`${setting} is "${address}", which Cognito cannot reach: give the address of a public host.`);
}

/** @throws SettingsError when the provider is not asked for the address that it is to give */
function checkAddressScope({ addressScope, attributes, details }: Provider, where: string): void {
  const scopes = details.authorize_scopes?.split(/,? /) ?? [];
  if (addressScope === undefined || scopes.includes(addressScope) || !("email" in attributes)) return;
  throw new SettingsError(
    `${where}.attributes has "email", which the provider gives only with the scope "${addressScope}": add that to scopes, or take "email" out.`,
  );
}

/** Cognito writes the attributes with the app client's rights, at every sign-in. */
function checkAttributes({ attributes }: Provider, pool: Pool, where: string): void {
  const { id, signIn, clientAttributes } = pool;
  for (const attribute of Object.keys(attributes)) {
    const flagged = FLAGS[attribute];
    if (flagged !== undefined && !(flagged in attributes)) {
      throw new SettingsError(`${where}.attributes has "${attribute}" without "${flagged}": map both, or neither.`);
    }
    if (flagged === undefined && !clientAttributes.includes(attribute)) {
      if (!isAttribute(attribute, pool)) {
        throw new SettingsError(
          `${where}.attributes has "${attribute}", which is no attribute of this pool: the names on the left are ${STANDARD_ATTRIBUTES.join(", ")}, ${Object.keys(FLAGS).join(", ")}, or custom:<name> with the name in ${id}.customAttributes. Cognito itself takes the user name from the provider's name for a person.`,
        );
      }
      throw new SettingsError(
        `${where}.attributes has "${attribute}", which is not in ${id}.clientAttributes, so every sign-in of such a person would fail: add it there, and people can change it with their own token; or take it out.`,
      );
    }
  }
  if (signIn === "email" && !("email" in attributes)) {
    throw new SettingsError(
      `${where}.attributes has no "email", which people of this pool need, so every first sign-in would fail: map it.`,
    );
  }
}

/** Names become part of user names, and user names have no case. */
function checkNames(providers: readonly Provider[], id: string): void {
  providers.forEach(({ name, path }, index) => {
    const same = providers.slice(0, index).find((other) => other.name.toLowerCase() === name.toLowerCase());
    if (!same) return;
    throw new SettingsError(
      `${id}.identityProviders has ${same.path} and ${path}, whose people would have the same user names: give one of them another name.`,
    );
  });
}

function checkMetadata({ saml }: IdentityProviders, id: string): void {
  for (const [name, { metadataUrl, metadataFile }] of Object.entries(saml)) {
    if ((metadataUrl === undefined) !== (metadataFile === undefined)) continue;
    throw new SettingsError(
      `${id}.identityProviders.saml.${name} must have one of metadataUrl and metadataFile: that is how Cognito knows the provider.`,
    );
  }
}

/** CI's roles may make providers, and read their secrets, if the environment has them, and no others. */
function checkRights(settings: IdentityProviders, { id, environment }: Pool): void {
  if (!environment.ci) return;
  const named = environment.identityProviders ? secretsOf(environment.identityProviders) : [];
  const unnamed = secretsOf(settings).find((place) => !named.some((one) => isDeepStrictEqual(one, place)));
  if (unnamed) {
    throw new SettingsError(
      `${id}.identityProviders reads ${JSON.stringify(unnamed)}, which CI may not: set the providers in environments.${environment.name}.identityProviders, and give them to the pool from there.`,
    );
  }
  if (!environment.identityProviders && namesOfProviders(settings).length > 0) {
    throw new SettingsError(
      `${id}.identityProviders has providers, which CI may neither look at nor make: set them in environments.${environment.name}.identityProviders, and give them to the pool from there.`,
    );
  }
}
