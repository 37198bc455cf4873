import type { UserPoolProps } from "../lib/user-pool";

/** A pool's providers: one of each type, with secrets in both places. */
export const EVERY_PROVIDER = {
  google: { clientId: "1-a.apps.googleusercontent.com", clientSecret: { parameter: "/identity/test/google" } },
  apple: {
    clientId: "org.example.sign-in",
    teamId: "TEAM567890",
    keyId: "KEY4567890",
    privateKey: { secret: "identity/test/apple" },
  },
  facebook: { clientId: "1234567890", clientSecret: { parameter: "/identity/test/facebook" } },
  amazon: {
    clientId: "amzn1.application-oa2-client.0123abcd",
    clientSecret: { secret: "identity/test/amazon" },
  },
  oidc: {
    Company: {
      issuer: "https://login.example.org",
      clientId: "pool",
      clientSecret: { parameter: "/identity/test/company" },
    },
  },
  saml: {
    Partner: {
      metadataUrl: "https://partner.example.org/metadata.xml",
      attributes: { email: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress" },
      signOut: true,
    },
  },
} satisfies UserPoolProps["identityProviders"];
