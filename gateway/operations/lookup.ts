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

/** Whether an operation is on a pool's configuration. The emulator serves these. */
export const isConfiguration = (operation: string) =>
  /^(Add|Create|Delete|Describe|Get|List|Set|Tag|Untag|Update)(CSVHeader|CustomAttributes|Groups?|IdentityProvider\w*|LogDeliveryConfiguration|ManagedLoginBranding\w*|Resource|ResourceServers?|RiskConfiguration|TagsForResource|Terms|UICustomization|UserPool\w*)$/.test(
    operation,
  );
