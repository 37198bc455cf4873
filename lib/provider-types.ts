import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Fn } from "cdktf";
import { SettingsError } from "./checked-settings";
import type { IdentityProviders, SamlProvider } from "./identity-providers";
import type { SecretPlace } from "./provider-secrets";

// What Cognito wants to know of each type of provider, and what it adds by itself.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html

/** A provider of a pool, as Cognito takes it. */
export interface Provider {
  /** Its place in the settings, such as `google` or `oidc.Company`. */
  readonly path: string;
  readonly name: string;
  readonly type: "Google" | "SignInWithApple" | "Facebook" | "LoginWithAmazon" | "OIDC" | "SAML";
  readonly details: Readonly<Record<string, string>>;
  /** The detail that is a secret, where it is, and how its text is changed before Cognito gets it. */
  readonly secret?: { readonly detail: string; readonly place: SecretPlace; readonly as?: (text: string) => string };
  /** The scope without which a large provider gives nobody's address. */
  readonly addressScope?: string;
  /** The provider's name for a person. A SAML provider has none here: Cognito takes the NameID. */
  readonly subject?: string;
  readonly attributes: Readonly<Record<string, string>>;
  /**
   * Details that Cognito adds, or does not give back. Terraform's provider 5.100 would show each of them as a change in
   * every plan, so a plan ignores them, and no other detail.
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/4831
   */
  readonly ignored: readonly string[];
}

/** The addresses of the large providers, which Cognito knows. */
const ADDRESSES = ["attributes_url_add_attributes", "authorize_url", "token_request_method", "token_url"];

/** The most characters of a detail. */
const MOST_CHARACTERS = 131_072;

/** One of the large providers, whose name in Cognito is its type. @param ignored besides the addresses of all of them */
const largeProvider = (
  path: string,
  type: Provider["type"],
  { clientId, clientSecret, scopes, attributes }: NonNullable<IdentityProviders["google"]>,
  { separator = " ", ignored, ...own }: Pick<Provider, "subject" | "addressScope" | "ignored"> & { separator?: string },
): Provider => ({
  path,
  name: type,
  type,
  details: { client_id: clientId, authorize_scopes: scopes.join(separator) },
  secret: { detail: "client_secret", place: clientSecret },
  attributes,
  ignored: [...ADDRESSES, ...ignored],
  ...own,
});

/** The providers of these settings, in this order. */
export function providersOf({ google, apple, facebook, amazon, oidc, saml }: IdentityProviders): Provider[] {
  const all: Provider[] = [];
  if (google) {
    const ignored = ["attributes_url", "oidc_issuer"];
    all.push(largeProvider("google", "Google", google, { subject: "sub", addressScope: "email", ignored }));
  }
  if (apple) {
    const { clientId, teamId, keyId, privateKey, scopes, attributes } = apple;
    all.push({
      path: "apple",
      name: "SignInWithApple",
      type: "SignInWithApple",
      details: { client_id: clientId, team_id: teamId, key_id: keyId, authorize_scopes: scopes.join(" ") },
      secret: { detail: "private_key", place: privateKey, as: withoutFrame },
      subject: "sub",
      addressScope: "email",
      attributes,
      // Cognito never gives the private key back, so Terraform would send it again in every deployment.
      // https://github.com/hashicorp/terraform-provider-aws/issues/13582
      ignored: [...ADDRESSES, "oidc_issuer", "private_key"],
    });
  }
  if (facebook) {
    const ignored = ["api_version", "attributes_url"];
    const own = { subject: "id", addressScope: "email", ignored, separator: ", " };
    all.push(largeProvider("facebook", "Facebook", facebook, own));
  }
  if (amazon) {
    const own = { subject: "user_id", addressScope: "profile", ignored: ["attributes_url"] };
    all.push(largeProvider("amazon", "LoginWithAmazon", amazon, own));
  }
  for (const [name, { issuer, clientId, clientSecret, scopes, attributes }] of Object.entries(oidc)) {
    all.push({
      path: `oidc.${name}`,
      name,
      type: "OIDC",
      details: {
        client_id: clientId,
        oidc_issuer: issuer,
        authorize_scopes: scopes.join(" "),
        attributes_request_method: "GET",
      },
      secret: clientSecret && { detail: "client_secret", place: clientSecret },
      subject: "sub",
      attributes,
      // The addresses that Cognito found are of the issuer, which is locked.
      ignored: ["attributes_url", "attributes_url_add_attributes", "authorize_url", "jwks_uri", "token_url"],
    });
  }
  for (const [name, settings] of Object.entries(saml)) {
    all.push({
      path: `saml.${name}`,
      name,
      type: "SAML",
      details: {
        ...metadataOf(name, settings),
        // AWS gives these back, so they are never left out.
        EncryptedResponses: String(settings.encrypted),
        IDPInit: "false",
        IDPSignout: String(settings.signOut),
        ...(settings.signsRequests && { RequestSigningAlgorithm: "rsa-sha256" }),
      },
      attributes: settings.attributes,
      // Cognito reads them from the metadata, or makes them.
      ignored: ["ActiveEncryptionCertificate", "SLORedirectBindingURI", "SSORedirectBindingURI"],
    });
  }
  return all;
}

/** The names in Cognito of the providers of these settings. No file with metadata is read for them. */
export const namesOfProviders = ({ saml, ...others }: IdentityProviders): string[] => [
  ...providersOf({ ...others, saml: {} }).map(({ name }) => name),
  ...Object.keys(saml),
];

/** A key without the lines around it and without breaks, as Cognito takes it. */
const withoutFrame = (pem: string) => Fn.replace(pem, "/-----[A-Z ]+-----|[[:space:]]/", "");

function metadataOf(name: string, { metadataUrl, metadataFile }: SamlProvider): Record<string, string> {
  if (metadataUrl !== undefined) return { MetadataURL: metadataUrl };
  if (metadataFile === undefined) return {};
  const xml = readMetadata(name, metadataFile);
  // Terraform would take these for its own.
  return { MetadataFile: xml.replace(/[$%](?=\{)/g, "$&$&") };
}

/** @throws SettingsError when there is no such file, or it is no metadata that Cognito takes */
function readMetadata(name: string, file: string): string {
  const what = `identityProviders.saml.${name}.metadataFile is "${file}", which`;
  let xml = "";
  try {
    xml = readFileSync(join(__dirname, "..", file), "utf8");
  } catch (error) {
    throw new SettingsError(
      `${what} cannot be read (${(error as NodeJS.ErrnoException).code}): name the file with the provider's SAML metadata, from the folder of the checkout.`,
    );
  }
  if (!/<([\w.-]+:)?EntityDescriptor[\s>]/.test(xml)) {
    throw new SettingsError(`${what} has no EntityDescriptor: name the file with the provider's SAML metadata.`);
  }
  if (xml.length > MOST_CHARACTERS) {
    throw new SettingsError(
      `${what} has ${xml.length} characters, but Cognito takes ${MOST_CHARACTERS} at most: leave out the other providers that it describes, or give metadataUrl.`,
    );
  }
  return xml;
}
