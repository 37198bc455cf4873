import { isDeepStrictEqual } from "node:util";
import { CognitoIdentityProvider } from "@cdktf/provider-aws/lib/cognito-identity-provider";
import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { CognitoUserPool, type CognitoUserPoolSchema } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { TerraformResource, TerraformStack } from "cdktf";
import { SettingsError } from "./checked-settings";
import { allEnvironments, type Environment, LOCAL_ACCOUNT } from "./environments";
import { checkStacksKept, hasPlace, placeOf, placeToLock } from "./locked-place";
import { broken } from "./locks-broken";
import { type AllLocks, LOCKS_FILE, type Locks, readLocks, saveLocks } from "./locks-file";
import { movesIn } from "./renamed-pool";
import { accountAndRegion } from "./terraform";

// Locks protect against changes that would delete users. A resource's Terraform address consists of its construct ids.
// If an id of a pool changes, Terraform deletes the pool with all its users and creates a new one. `prevent_destroy`
// does not stop that, because it disappears with the old address. So a committed file holds the addresses and
// everything that Cognito never lets a pool change, and synthesis compares them. Once an environment has an account of
// its own, the file also holds the place where its people are (lib/locked-place.ts).

/** Deleting one of these would delete users, their access, or Terraform's state. */
const LOCKED_TYPES = [CognitoUserPool, CognitoUserPoolClient, CognitoUserGroup, DynamodbTable, KmsKey, S3Bucket];

/**
 * Deleting one of these would leave people without a way in. In the local environment whoever tries providers out
 * changes them freely.
 */
const isDoor = (resource: unknown, stack: TerraformStack): resource is CognitoIdentityProvider =>
  resource instanceof CognitoIdentityProvider && accountAndRegion(stack).account !== LOCAL_ACCOUNT;

/** The locks that a stack should have. */
export const locksOf = (stack: TerraformStack): Locks => ({ ...placeToLock(stack), ...resourceLocks(stack) });

function resourceLocks(stack: TerraformStack): Locks {
  const locks: Locks = {};
  for (const resource of stack.node.findAll()) {
    if (!LOCKED_TYPES.some((type) => resource instanceof type) && !isDoor(resource, stack)) continue;
    const { terraformResourceType, friendlyUniqueId } = resource as TerraformResource;
    const address = `${terraformResourceType}.${friendlyUniqueId}`;
    locks[address] = "address";
    if (resource instanceof CognitoUserPool) {
      Object.assign(locks, fixedForEver(resource, address));
    }
    if (resource instanceof CognitoIdentityProvider) Object.assign(locks, whoComesThrough(resource, address));
  }
  return locks;
}

function fixedForEver(pool: CognitoUserPool, address: string): Locks {
  const fixed: Locks = {
    usernameAttributes: pool.usernameAttributesInput ?? "none",
    aliasAttributes: pool.aliasAttributesInput ?? "none",
    caseSensitive: pool.usernameConfiguration.caseSensitiveInput ?? "default",
  };
  // The provider cannot detach these slots, so a pool without them in its settings would call a deleted function.
  for (const slot of ["preTokenGeneration", "preTokenGenerationConfig"] as const) {
    if (pool.lambdaConfigInput?.[slot]) fixed[slot] = "attached";
  }
  // Nor can it take away the role for text messages: the pool would keep one that is deleted, and refuse every update.
  if (pool.smsConfigurationInput) fixed.smsConfiguration = "there";
  // One lock for each attribute: a live pool can get another attribute, but never change or lose one.
  for (const attribute of (pool.schemaInput ?? []) as CognitoUserPoolSchema[]) {
    fixed[`schema.${attribute.name}`] = attribute;
  }
  return Object.fromEntries(Object.entries(fixed).map(([name, value]) => [`${address}.${name}`, value]));
}

/**
 * What decides who a person from a provider is. Cognito knows them by the provider's name and their name there, so with
 * another issuer behind the same name, strangers could get their profiles.
 */
function whoComesThrough(provider: CognitoIdentityProvider, address: string): Locks {
  const issuer = provider.providerDetailsInput?.oidc_issuer;
  return {
    [`${address}.type`]: provider.providerTypeInput,
    ...(issuer !== undefined && { [`${address}.issuer`]: issuer }),
  };
}

/**
 * What a stack has now of all that can be locked, even if it is in an account of the examples. What moves to another
 * address is there under both.
 */
function presentIn(stack: TerraformStack): Locks {
  const present = { ...placeOf(stack), ...resourceLocks(stack) };
  for (const { from, to } of movesIn(stack)) {
    for (const [lock, value] of Object.entries(present)) {
      if (lock === to || lock.startsWith(`${to}.`)) present[lock.replace(to, from)] = value;
    }
  }
  return present;
}

/** The locks of a stack that hold no longer. */
export function brokenLocks(locked: Locks, stack: TerraformStack | undefined): string[] {
  const present = stack ? presentIn(stack) : {};
  return Object.keys(locked).filter((lock) => !isDeepStrictEqual(present[lock], locked[lock]));
}

/**
 * Compares a stack with its committed locks.
 * @throws SettingsError when something locked is gone or changed, or something new is not locked yet
 */
export function checkLocks(stack: TerraformStack, all = readLocks()): void {
  const stackName = stack.node.id;
  const locked = all[stackName] ?? {};
  checkKept(stack, locked);
  const toLock = locksOf(stack);
  const added = Object.keys(toLock).find((lock) => !(lock in locked));
  if (added === undefined) return;
  const run = "not locked yet: run npm run locks, and commit lib/locks.json.";
  throw new SettingsError(
    added.startsWith("place.")
      ? `${stackName} is in account ${toLock["place.account"]}, Region ${toLock["place.region"]}, with APP "${toLock["place.app"]}", which is ${run}`
      : `${stackName} has ${added}, which is ${run}`,
  );
}

/**
 * Compares all stacks with the committed locks.
 * @throws SettingsError when an environment or a stack is gone, or a stack differs from its locks
 */
export function checkAllLocks(stacks: TerraformStack[], all = readLocks(), environments = allEnvironments()): void {
  checkStacksKept(all, namesOf(stacks), environments);
  for (const stack of stacks) checkLocks(stack, all);
}

const namesOf = (stacks: TerraformStack[]) => stacks.map(({ node }) => node.id);

/** What `npm run locks` did. */
export interface WrittenLocks {
  readonly added: number;
  /** The stacks that are gone and never had an account of their own, so that nothing of theirs can be deployed. */
  readonly dropped: string[];
}

/**
 * Adds new locks to the committed ones, and removes none, except of stacks that are gone and hold nobody.
 * @param stacks those of all environments
 * @throws SettingsError when something locked is gone or changed
 */
export function writeLocks(
  stacks: TerraformStack[],
  file = LOCKS_FILE,
  environments: readonly Environment[] = allEnvironments(),
): WrittenLocks {
  const before = readLocks(file);
  checkStacksKept(before, namesOf(stacks), environments);
  const dropped = Object.keys(before).filter((name) => !hasPlace(before[name]) && !namesOf(stacks).includes(name));
  const after: AllLocks = Object.fromEntries(Object.entries(before).filter(([name]) => !dropped.includes(name)));
  let added = 0;
  for (const stack of stacks) {
    const locked = before[stack.node.id] ?? {};
    checkKept(stack, locked);
    // What is in the file keeps its order, so that a change is easy to review and to merge.
    const locks = { ...placeToLock(stack), ...locked, ...locksOf(stack) };
    added += Object.keys(locks).length - Object.keys(locked).length;
    after[stack.node.id] = locks;
  }
  saveLocks(after, file);
  return { added, dropped };
}

function checkKept(stack: TerraformStack, locked: Locks): void {
  const lost = brokenLocks(locked, stack);
  if (lost.length > 0) throw broken(stack.node.id, lost, locked, presentIn(stack));
}
