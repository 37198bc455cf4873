import type { IncomingHttpHeaders } from "node:http";
import type { Operation } from "./operation";
import { operations } from "./table";

const target = "AWSCognitoIdentityProviderService.";

/** The operation of the Cognito API that a request names; undefined where it names none. */
export function operationOf({ "x-amz-target": header }: IncomingHttpHeaders): string | undefined {
  return typeof header === "string" && header.startsWith(target) ? header.slice(target.length) : undefined;
}

const byName = new Map<string, Operation>(Object.entries(operations));

/** The operation of this name, if the gateway serves it. */
export const findOperation = (name: string): Operation | undefined => byName.get(name);

/** Whether an operation needs no signature. An unknown one does not either: the answer is then that it is not served. */
export const isPublic = (name: string | undefined) =>
  name !== undefined && !isConfiguration(name) && !findOperation(name)?.signed;

/**
 * The operations on a pool's configuration. The emulator serves these, and no others of them: it answers an unknown one
 * in words of its own.
 */
const configuration = new Set(
  `CreateUserPool DeleteUserPool DescribeUserPool ListUserPools UpdateUserPool AddCustomAttributes
  CreateUserPoolClient DeleteUserPoolClient DescribeUserPoolClient ListUserPoolClients UpdateUserPoolClient
  CreateUserPoolDomain DeleteUserPoolDomain DescribeUserPoolDomain UpdateUserPoolDomain
  GetUserPoolMfaConfig SetUserPoolMfaConfig GetUICustomization SetUICustomization
  CreateGroup DeleteGroup GetGroup ListGroups
  CreateResourceServer DeleteResourceServer DescribeResourceServer ListResourceServers UpdateResourceServer
  CreateIdentityProvider DeleteIdentityProvider DescribeIdentityProvider ListIdentityProviders UpdateIdentityProvider
  GetIdentityProviderByIdentifier ListTagsForResource TagResource UntagResource`.split(/\s+/),
);

/** Whether an operation is on a pool's configuration, and passed on to the emulator. */
export const isConfiguration = (operation: string) => configuration.has(operation);
