import type { AppSecret } from "./state";

/**
 * The secret for an authenticator app, which shows the site and the account beside its codes.
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function appSecret(secret: string, account: string, site: string): AppSecret {
  const [issuer, name] = [site, account].map(encodeURIComponent);
  return { secret, uri: `otpauth://totp/${issuer}:${name}?secret=${secret}&issuer=${issuer}` };
}
