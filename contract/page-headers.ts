/** Whom the page talks to. */
interface PagePlaces {
  readonly region: string;
  /** @default AWS, in the Region */
  readonly endpoint?: string;
  /**
   * The base addresses of the pools' hosted sign-in.
   * @default none
   */
  readonly hosted?: readonly string[];
}

/**
 * The headers that the page is to be served with: it loads nothing but its own files, and talks to Cognito alone.
 * Forms are sent by script only, so a form that an attacker slips in can send nothing anywhere.
 */
export function pageHeaders(page: PagePlaces): Record<string, string> {
  const { region, endpoint = `https://cognito-idp.${region}.amazonaws.com`, hosted = [] } = page;
  const cognito = [...new Set([endpoint, ...hosted.map((address) => new URL(address).origin)])];
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${cognito.join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
  };
}
