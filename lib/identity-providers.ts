import { CognitoIdentityProvider } from "@cdktf/provider-aws/lib/cognito-identity-provider";
import type { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import type { Construct } from "constructs";
import { z } from "zod";
import { settingsObject } from "../functions/shared/settings-object";
import { SettingsError } from "./checked-settings";

/** The names that Cognito has for providers of its own. */
const TAKEN = ["COGNITO", "Cognito", "Google", "Facebook", "SignInWithApple", "LoginWithAmazon"];

const providerName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{2,31}$/, "must be 3 to 32 letters, digits and hyphens, a letter first")
  .refine((name) => !TAKEN.includes(name), { error: `must not be one of Cognito's own: ${TAKEN.join(", ")}` });

const oidcSchema = settingsObject({
  /** The provider's issuer. Cognito finds its addresses below it, in `.well-known/openid-configuration`. */
  issuer: z.url({ protocol: /^https?$/, error: "must be an address with https://" }),
  /** What the provider calls this pool. */
  clientId: z.string().min(1),
  /** @default openid and email */
  scopes: z.array(z.string().regex(/^[\w.:/-]+$/)).default(["openid", "email"]),
  /**
   * The claim for each attribute of the pool. Each sign-in writes them again.
   * @default the address, and whether it is verified
   */
  attributes: z.record(z.string(), z.string().min(1)).default({ email: "email", email_verified: "email_verified" }),
});

/** The identity providers that people may come from, beside the pool's own users. */
export const identityProvidersSchema = () =>
  settingsObject({
    /** OIDC providers by their names. A name becomes part of user names, so it can never change. */
    oidc: z.record(providerName, oidcSchema).default({}),
  });

export type IdentityProviders = z.output<ReturnType<typeof identityProvidersSchema>>;

interface Pool {
  readonly id: string;
  readonly environment: { readonly name: string; readonly stage: string; readonly domainPrefix?: string };
  readonly clientAttributes: readonly string[];
  readonly anonymous: boolean;
}

/**
 * Checks what one setting alone does not show.
 * @throws SettingsError when a pool cannot have these providers
 */
export function checkIdentityProviders({ oidc }: IdentityProviders, pool: Pool): void {
  const { id, environment, clientAttributes, anonymous } = pool;
  for (const [name, { issuer, attributes, scopes }] of Object.entries(oidc)) {
    const where = `${id}.identityProviders.oidc.${name}`;
    if (environment.stage !== "local")
      throw new SettingsError(`${where} is there, but a provider without a secret is only for the local environment.`);
    if (anonymous)
      throw new SettingsError(`${where} is there, but a provider says who people are: the pool is anonymous.`);
    if (!environment.domainPrefix)
      throw new SettingsError(`${where} needs environments.${environment.name}.domainPrefix: people sign in there.`);
    if (!scopes.includes("openid")) throw new SettingsError(`${where}.scopes must have openid.`);
    if (!issuer.startsWith("https://") && !/^http:\/\/localhost[:/]/.test(issuer))
      throw new SettingsError(`${where}.issuer is "${issuer}", but it must be an address with https://.`);
    const closed = Object.keys(attributes).find(
      (attribute) => !attribute.endsWith("_verified") && !clientAttributes.includes(attribute),
    );
    if (closed !== undefined)
      throw new SettingsError(
        `${where}.attributes has "${closed}", which is not in ${id}.clientAttributes: every sign-in of such a person would fail.`,
      );
  }
}

/** Makes the providers of a pool. @returns their names, for the app client, which must be made after them */
export function provideIdentityProviders(
  scope: Construct,
  pool: CognitoUserPool,
  { oidc }: IdentityProviders,
): string[] {
  return Object.entries(oidc).map(([providerName, { issuer, clientId, scopes, attributes }]) => {
    const provider = new CognitoIdentityProvider(scope, `provider-${providerName}`, {
      userPoolId: pool.id,
      providerName,
      providerType: "OIDC",
      providerDetails: {
        client_id: clientId,
        oidc_issuer: issuer,
        authorize_scopes: scopes.join(" "),
        attributes_request_method: "GET",
      },
      attributeMapping: { username: "sub", ...attributes },
    });
    return provider.providerName;
  });
}
