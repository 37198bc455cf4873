import { z } from "zod";
import { domainList } from "../shared/access";
import { settingsObject } from "../shared/settings-object";

/** For which addresses a provider is trusted. It must say of such an address that it is verified, too. */
const trusted = () =>
  z.union([z.enum(["no-address", "every-address"]), settingsObject({ domains: domainList().min(1) })], {
    error: 'must be "no-address", "every-address" or { domains: [...] }',
  });

/** The same of a provider with a name of its own. */
const namedProvider = () =>
  settingsObject({
    addresses: trusted(),
    /**
     * How the provider's subjects are written. Cognito's event has them in lower case, but a link needs each as it is.
     * `lower-case`: they never have a capital. Otherwise the pool's attribute that the provider's subject is mapped to.
     */
    subjects: z.string().regex(/^(lower-case|custom:\w{1,20})$/, 'must be "lower-case" or custom:<name>'),
  });

/** Whether and when people from identity providers become one with the pool's own users. */
export const linkingSchema = () =>
  settingsObject({
    /** Whose word counts for an address. Everybody else's never links anybody. */
    trust: settingsObject({
      /**
       * Google owns gmail.com alone. Of other addresses it says that they were verified once, which may be long ago.
       * @default { domains: ["gmail.com"] }
       * @see https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
       */
      google: trusted().default({ domains: ["gmail.com"] }),
      /** @default "no-address" */
      apple: trusted().default("no-address"),
      /** @default "no-address" */
      amazon: trusted().default("no-address"),
      /**
       * Facebook does not say whether an address is verified.
       * @default "no-address"
       */
      facebook: trusted().default("no-address"),
      /** OIDC providers, by their names in the pool. */
      oidc: z.record(z.string(), namedProvider()).default({}),
      /** SAML providers, by their names in the pool. */
      saml: z.record(z.string(), namedProvider()).default({}),
    }).prefault({}),
    /**
     * What happens to somebody who is not linked: `separate` leaves it to Cognito, which makes a profile of its own;
     * `refuse` lets nobody in.
     * @default "separate"
     */
    otherwise: z.enum(["separate", "refuse"]).default("separate"),
  });

export type LinkingSettings = z.input<ReturnType<typeof linkingSchema>>;
export type Linking = z.output<ReturnType<typeof linkingSchema>>;
export type Trusted = z.output<ReturnType<typeof trusted>>;
