/**
 * The headers that the page is to be served with: it loads nothing but its own files, and talks to Cognito alone.
 * Forms are sent by script only, so a form that an attacker slips in can send nothing anywhere.
 */
export function pageHeaders({ region, endpoint }: { region: string; endpoint?: string }): Record<string, string> {
  const cognito = endpoint ?? `https://cognito-idp.${region}.amazonaws.com`;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${cognito}`,
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
