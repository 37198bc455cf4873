import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { TerraformResource, type TerraformStack, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { SettingsError } from "./checked-settings";
import { APP, type Environment, isExampleAccount } from "./environments";
import type { AllLocks, Locks } from "./locks-file";
import { accountAndRegion } from "./terraform";

// The place where people are: the account, the Region, and the names that Terraform finds their pools by. If a part of
// it changes, Terraform does not move the pools: it makes empty ones beside them, and the full ones are out of reach.

/** The environment of a stack. A stack's name is its kind, which is one word, a hyphen, and its environment. */
export const environmentOf = (stackName: string) => stackName.slice(stackName.indexOf("-") + 1);

/** Whether a stack was locked with an account of its own, and so may hold people. */
export const hasPlace = (locks: Locks = {}) => "place.account" in locks;

/** Where a stack is, and the names that must not change there. */
export function placeOf(stack: TerraformStack): Locks {
  const { account, region } = accountAndRegion(stack);
  if (account === undefined) return {};
  const place: Locks = { "place.account": account, "place.region": region, "place.app": APP };
  for (const construct of stack.node.findAll()) {
    const [property, name] = nameOf(construct) ?? [];
    if (name === undefined || Token.isUnresolved(name)) continue;
    const { terraformResourceType, friendlyUniqueId } = construct as TerraformResource;
    place[`${terraformResourceType}.${friendlyUniqueId}.${property}`] = name;
  }
  return place;
}

/** The name that Terraform can only change by replacing the resource. */
function nameOf(construct: IConstruct): [property: string, name: string | undefined] | undefined {
  if (construct instanceof CognitoUserPoolDomain) return ["domain", construct.domainInput];
  if (construct instanceof S3Bucket) return ["name", construct.bucketInput];
  const named = [CognitoUserPool, CognitoUserGroup, DynamodbTable].find((type) => construct instanceof type);
  return named && construct instanceof TerraformResource
    ? ["name", (construct as CognitoUserPool).nameInput]
    : undefined;
}

/** The place, if it is to be locked: nobody's pools are in an account of the examples. */
export function placeToLock(stack: TerraformStack): Locks {
  const place = placeOf(stack);
  const account = place["place.account"];
  return typeof account === "string" && !isExampleAccount(account) ? place : {};
}

/**
 * Compares the stacks that are locked in an account with those that there are.
 * @param stacks the names of those that were made: of all environments, or of the one that ENVIRONMENT names
 * @param environments all of them, whatever ENVIRONMENT is
 * @throws SettingsError when an environment or a stack is gone
 */
export function checkStacksKept(all: AllLocks, stacks: readonly string[], environments: readonly Environment[]): void {
  const unnamed = stacks.find((stack) => !environments.some(({ name }) => name === environmentOf(stack)));
  if (unnamed !== undefined) {
    throw new SettingsError(
      `The stack "${unnamed}" belongs to no environment: its name must be one word, a hyphen, and an environment of lib/environments.ts.`,
    );
  }
  const made = new Set(stacks.map(environmentOf));
  for (const [stack, locks] of Object.entries(all)) {
    if (!hasPlace(locks) || stacks.includes(stack)) continue;
    const name = environmentOf(stack);
    if (!environments.some((environment) => environment.name === name))
      throw environmentGone(name, locks, all, environments);
    if (made.has(name))
      throw stackGone(
        stack,
        locks,
        stacks.filter((other) => environmentOf(other) === name && !hasPlace(all[other])),
      );
  }
}

const where = (locks: Locks) => `account ${locks["place.account"]}, ${locks["place.region"]}`;

function environmentGone(
  name: string,
  locks: Locks,
  all: AllLocks,
  environments: readonly Environment[],
): SettingsError {
  const lockedNames = Object.keys(all)
    .filter((stack) => hasPlace(all[stack]))
    .map(environmentOf);
  const renamed = environments.find(
    (other) => other.account === locks["place.account"] && !lockedNames.includes(other.name),
  );
  return new SettingsError(
    renamed
      ? `Environment "${name}" is gone from lib/environments.ts, and "${renamed.name}" is new in its account: if that is a new name, a deployment would make empty pools beside the full ones of "${name}", so give it the name "${name}" back; if "${name}" never was deployed or is deleted in AWS, run npm run locks -- --remove ${name}.`
      : `Environment "${name}" is gone from lib/environments.ts, so no deployment would reach its pools in ${where(locks)} any more: put it back or, if it never was deployed or is deleted in AWS, run npm run locks -- --remove ${name}.`,
  );
}

function stackGone(stack: string, locks: Locks, added: string[]): SettingsError {
  const [other] = added;
  return new SettingsError(
    `Stack "${stack}" is no longer made${other ? `, and "${other}" is new` : ""}, so no deployment would reach what it has in ${where(locks)} any more${other ? ", and Terraform would make it again, empty, under the new name" : ""}: give it the name "${stack}" back or, if it never was deployed or is deleted in AWS, run npm run locks -- --remove ${stack}.`,
  );
}

/** The sentence about a part of the place that differs from its lock. */
export function moved(stackName: string, lock: string, locked: unknown, present: unknown): SettingsError {
  const name = environmentOf(stackName);
  const wayOut = `back or, if "${name}" never was deployed or is deleted in AWS, run npm run locks -- --remove ${name}, and then npm run locks.`;
  if (lock === "place.app") {
    return new SettingsError(
      `APP changes from "${locked}" to "${present}", and the names of the state bucket and the pools of "${name}" begin with it: a deployment would not find Terraform's state and would make empty pools beside the full ones, so put APP ${wayOut}`,
    );
  }
  const setting = lock.slice("place.".length);
  return new SettingsError(
    `environments.${name}.${setting} changes from ${locked} to ${present}, where a deployment would make empty pools, while all people stay in ${locked}: put it ${wayOut}`,
  );
}
