/** Below this path of the gateway's port is an OIDC provider, as a stranger's would be. */
export const PATH = "/_provider";

/** The provider's issuer. It names `localhost`, as the hosted sign-in does. */
export const issuerAt = (port: number) => `http://localhost:${port}${PATH}`;
