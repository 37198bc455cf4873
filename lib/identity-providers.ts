import { z } from "zod";
import { settingsObject } from "../functions/shared/settings-object";
import { listWithoutRepeats } from "./lists";
import { type SecretPlace, secretPlace } from "./provider-secrets";

/** The names that Cognito has for providers of its own, and for the pool itself. */
const TAKEN = ["COGNITO", "Google", "Facebook", "SignInWithApple", "LoginWithAmazon"];

const providerName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{2,31}$/, "must be 3 to 32 letters, digits and hyphens, a letter first")
  .refine((name) => !TAKEN.some((taken) => taken.toLowerCase() === name.toLowerCase()), {
    error: `must not be one of Cognito's own: ${TAKEN.join(", ")}`,
  });

const scopesOf = (...scopes: string[]) =>
  listWithoutRepeats(
    z.string().regex(/^[\w.:/-]+$/, "must be a scope of letters, digits and _.:/-"),
    "must be a list of scopes",
  )
    .min(1, "must name one scope at least, or be left out")
    .default(scopes);

/** The provider's name for each attribute of the pool. Each sign-in writes the attributes again. */
const attributesOf = (...attributes: string[]) =>
  z.record(z.string(), z.string().min(1)).default(Object.fromEntries(attributes.map((name) => [name, name])));

/** An error that does not show what was given, because that may have a secret in it. */
const unprinted = (error: string) => ({ error, params: { unprinted: true } });

/** An id that a provider gives, in whose place a secret may have been pasted. */
const idLike = (pattern: RegExp, error: string) =>
  z.string({ error }).refine((id) => pattern.test(id), unprinted(error));

const googleSchema = settingsObject({
  clientId: idLike(/^[\w-]+\.apps\.googleusercontent\.com$/, "must be an id that ends in .apps.googleusercontent.com"),
  clientSecret: secretPlace(),
  /** @default openid and email */
  scopes: scopesOf("openid", "email"),
  /** @default the address, and whether it is verified */
  attributes: attributesOf("email", "email_verified"),
});

const appleSchema = settingsObject({
  /** The Services ID. */
  clientId: idLike(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, "must be a Services ID such as org.example.sign-in"),
  teamId: idLike(/^[A-Z0-9]{10}$/, "must be the 10 letters and digits of a team"),
  keyId: idLike(/^[A-Z0-9]{10}$/, "must be the 10 letters and digits of a key"),
  /** The private key, as in the file `.p8` that Apple gives. */
  privateKey: secretPlace(),
  /** @default email */
  scopes: scopesOf("email"),
  /** @default the address, and whether it is verified */
  attributes: attributesOf("email", "email_verified"),
});

const facebookSchema = settingsObject({
  clientId: idLike(/^\d{6,20}$/, "must be the digits of an App ID"),
  clientSecret: secretPlace(),
  /** @default public_profile and email */
  scopes: scopesOf("public_profile", "email"),
  /**
   * Facebook does not say whether an address is verified.
   * @default the address
   */
  attributes: attributesOf("email"),
});

const amazonSchema = settingsObject({
  clientId: idLike(/^amzn1\.application-oa2-client\.\w+$/, "must be an id such as amzn1.application-oa2-client.0123"),
  clientSecret: secretPlace(),
  /** @default profile */
  scopes: scopesOf("profile"),
  /**
   * Amazon does not say whether an address is verified.
   * @default the address
   */
  attributes: attributesOf("email"),
});

const oidcSchema = settingsObject({
  /** The provider's issuer. Cognito finds its addresses below it, in `.well-known/openid-configuration`. */
  issuer: z
    .url({ protocol: /^https?$/, error: "must be an address with https://" })
    .regex(/^\S*$/, "must be without spaces")
    .refine((address) => !/[?#@]/.test(address), unprinted("must be without a user name, a query and a fragment"))
    .refine((address) => !address.includes("/.well-known/"), {
      error: "must be without /.well-known/ and what follows it, which Cognito adds itself",
    }),
  /** What the provider calls this pool. */
  clientId: z.string().min(1),
  /** It can be left out in the local environment alone. */
  clientSecret: secretPlace().optional(),
  /** @default openid and email */
  scopes: scopesOf("openid", "email"),
  /** @default the address, and whether it is verified */
  attributes: attributesOf("email", "email_verified"),
});

const samlSchema = settingsObject({
  /** The address of the provider's metadata. Cognito reads it again every six hours. */
  metadataUrl: z
    .url({ protocol: /^https$/, error: "must be an address with https://" })
    .regex(/^\S*$/, "must be without spaces")
    .refine((address) => !/#|\/\/[^/?]*@/.test(address), unprinted("must be without a user name and a fragment"))
    .optional(),
  /** The file with the metadata, from the folder of the checkout. */
  metadataFile: z.string().min(1).optional(),
  /** The provider's name for each attribute of the pool, as `{ email: "http://…/emailaddress" }`. */
  attributes: z.record(z.string(), z.string().min(1)),
  /**
   * Whether a sign-out here signs people out at the provider, too.
   * @default false
   */
  signOut: z.boolean().default(false),
  /**
   * Whether Cognito signs its requests.
   * @default false
   */
  signsRequests: z.boolean().default(false),
  /**
   * Whether the provider must encrypt what it says about people.
   * @default false
   */
  encrypted: z.boolean().default(false),
});

/**
 * The identity providers that people may come from, beside the pool's own users. The name of an OIDC or SAML provider
 * becomes part of user names, so it can never change.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
 */
export const identityProvidersSchema = () =>
  settingsObject({
    google: googleSchema.optional(),
    apple: appleSchema.optional(),
    facebook: facebookSchema.optional(),
    amazon: amazonSchema.optional(),
    /** OIDC providers by their names. */
    oidc: z.record(providerName, oidcSchema).default({}),
    /** SAML providers by their names. */
    saml: z.record(providerName, samlSchema).default({}),
  });

export type IdentityProviders = z.output<ReturnType<typeof identityProvidersSchema>>;
export type SamlProvider = z.output<typeof samlSchema>;
export type OidcProvider = z.output<typeof oidcSchema>;

/** Where the secrets of these providers are. */
export function secretsOf({ google, apple, facebook, amazon, oidc }: IdentityProviders): SecretPlace[] {
  const places = [
    google?.clientSecret,
    apple?.privateKey,
    facebook?.clientSecret,
    amazon?.clientSecret,
    ...Object.values(oidc).map(({ clientSecret }) => clientSecret),
  ];
  return places.filter((place) => place !== undefined);
}
