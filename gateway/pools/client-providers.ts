import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";

/** The name by which an app client lists the pool's own users among its providers. */
export const ownUsers = "COGNITO";

/** The identity providers that an app client offers beside the pool's own users. */
export const doorsOf = ({ SupportedIdentityProviders = [] }: UserPoolClientType): string[] =>
  SupportedIdentityProviders.filter((name) => name !== ownUsers);

/** Whether the pool's own users may sign in through the hosted pages of an app client. */
export const admitsOwnUsers = ({ SupportedIdentityProviders = [] }: UserPoolClientType): boolean =>
  SupportedIdentityProviders.includes(ownUsers);
