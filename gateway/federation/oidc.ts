import type { IdentityProviderType } from "@aws-sdk/client-cognito-identity-provider";
import * as oidc from "openid-client";
import { invalidRequest } from "../hosted/oauth-error";

/** What is kept between leaving for a provider and coming back. */
export interface Departure {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export const newDeparture = (): Departure => ({
  state: oidc.randomState(),
  nonce: oidc.randomNonce(),
  codeVerifier: oidc.randomPKCECodeVerifier(),
});

/** The address of the provider's own sign-in. */
export async function addressAt(
  provider: IdentityProviderType,
  { state, nonce, codeVerifier }: Departure,
  redirectUri: string,
): Promise<string> {
  const url = oidc.buildAuthorizationUrl(await configurationOf(provider), {
    redirect_uri: redirectUri,
    scope: provider.ProviderDetails?.authorize_scopes ?? "openid",
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
  });
  return url.href;
}

/** The claims of a person who has come back: of the ID token, and of userInfo where the provider has it. */
export async function claimsFrom(
  provider: IdentityProviderType,
  { state, nonce, codeVerifier }: Departure,
  cameBackTo: URL,
): Promise<{ sub: string } & Record<string, unknown>> {
  const configuration = await configurationOf(provider);
  const tokens = await oidc.authorizationCodeGrant(configuration, cameBackTo, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw invalidRequest("The identity provider sent no ID token.");
  // An ID token for several audiences, or for another one's use. openid-client looks at it only where there are several.
  if (claims.azp !== undefined && claims.azp !== configuration.clientMetadata().client_id)
    throw invalidRequest("The identity provider's ID token is for another app.");
  if (!configuration.serverMetadata().userinfo_endpoint) return { ...claims };
  const more = await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub);
  // Whether an address is verified, only who gives the address can say.
  const flags = ["email", "phone_number"].filter((name) => name in more).map((name) => `${name}_verified`);
  const others = Object.entries(claims).filter(([name]) => !flags.includes(name));
  return { ...Object.fromEntries(others), ...more };
}

/** In seconds, for each call to a provider. */
const patience = 5;

async function configurationOf({ ProviderDetails = {} }: IdentityProviderType): Promise<oidc.Configuration> {
  const { oidc_issuer: issuer = "", client_id: id = "", client_secret: secret } = ProviderDetails;
  const authentication = secret ? oidc.ClientSecretPost(secret) : oidc.None();
  const { authorize_url, token_url, jwks_uri, attributes_url } = ProviderDetails;
  const url = new URL(issuer);
  // Cognito insists on TLS. A provider of this machine has none, and what is sent there does not leave the machine.
  const insecure = isLoopback(url) ? [oidc.allowInsecureRequests] : [];
  // With this, the signature of the ID token is checked.
  const execute = [...insecure, oidc.enableNonRepudiationChecks];
  if (!authorize_url || !token_url || !jwks_uri)
    return oidc.discovery(url, id, undefined, authentication, { execute, timeout: patience });
  const endpoints = { authorization_endpoint: authorize_url, token_endpoint: token_url, jwks_uri };
  const server = { issuer, ...endpoints, ...(attributes_url ? { userinfo_endpoint: attributes_url } : {}) };
  const configuration = new oidc.Configuration(server, id, undefined, authentication);
  configuration.timeout = patience;
  for (const adapt of execute) adapt(configuration);
  return configuration;
}

const isLoopback = ({ hostname }: URL) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

/** An error of a provider, or of what it sent, without anything that it sent in secret. */
export function faultIn(error: unknown): string {
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError)
    return [error.error, error.error_description].filter(Boolean).join(" ");
  const { code, name } = Object(error) as { code?: unknown; name?: unknown };
  return `its answer cannot be used (${String(code ?? name)})`;
}
