import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { CognitoUserPool, type CognitoUserPoolSchema } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { TerraformResource, TerraformStack } from "cdktf";
import { SettingsError } from "./checked-settings";

// Locks protect against changes that would delete users. A resource's Terraform address consists of its construct ids.
// If an id of a pool changes, Terraform deletes the pool with all its users and creates a new one. `prevent_destroy`
// does not stop that, because it disappears with the old address. So a committed file holds the addresses and
// everything that Cognito never lets a pool change, and synthesis compares them.

const LOCKS_FILE = join(__dirname, "locks.json");

/** The locks of a stack: addresses of resources, and properties that can never change, with their values. */
export type Locks = Record<string, unknown>;

/** Deleting one of these would delete users, their access, or Terraform's state. */
const LOCKED_TYPES = [CognitoUserPool, CognitoUserPoolClient, CognitoUserGroup, DynamodbTable, KmsKey, S3Bucket];

/** The locks that a stack should have. */
export function locksOf(stack: TerraformStack): Locks {
  const locks: Locks = {};
  for (const resource of stack.node.findAll()) {
    if (!LOCKED_TYPES.some((type) => resource instanceof type)) continue;
    const { terraformResourceType, friendlyUniqueId } = resource as TerraformResource;
    const address = `${terraformResourceType}.${friendlyUniqueId}`;
    locks[address] = "address";
    if (resource instanceof CognitoUserPool) {
      Object.assign(locks, fixedForEver(resource, address));
    }
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
  // One lock for each attribute: a live pool can get another attribute, but never change or lose one.
  for (const attribute of (pool.schemaInput ?? []) as CognitoUserPoolSchema[]) {
    fixed[`schema.${attribute.name}`] = attribute;
  }
  return Object.fromEntries(Object.entries(fixed).map(([name, value]) => [`${address}.${name}`, value]));
}

/** The committed locks of every stack. */
export function readLocks(): Record<string, Locks> {
  return JSON.parse(readFileSync(LOCKS_FILE, "utf8"));
}

/**
 * Compares a stack with its committed locks.
 * @throws SettingsError when something locked is gone or changed, or something new is not locked yet
 */
export function checkLocks(stack: TerraformStack, all = readLocks()): void {
  const stackName = stack.node.id;
  const locked = all[stackName] ?? {};
  const present = locksOf(stack);
  checkKept(stackName, locked, present);
  const added = Object.keys(present).find((lock) => !(lock in locked));
  if (added) {
    throw new SettingsError(
      `${stackName} has ${added}, which is not locked yet: run npm run locks, and commit lib/locks.json.`,
    );
  }
}

/**
 * Adds new locks to the committed ones, and removes none.
 * @returns the number of added locks
 * @throws SettingsError when something locked is gone or changed
 */
export function writeLocks(stacks: TerraformStack[]): number {
  const all = readLocks();
  let added = 0;
  for (const stack of stacks) {
    const stackName = stack.node.id;
    const present = locksOf(stack);
    checkKept(stackName, all[stackName] ?? {}, present);
    added += Object.keys(present).length - Object.keys(all[stackName] ?? {}).length;
    all[stackName] = present;
  }
  writeFileSync(LOCKS_FILE, `${JSON.stringify(all, null, 2)}\n`);
  return added;
}

function checkKept(stackName: string, locked: Locks, present: Locks): void {
  for (const [lock, value] of Object.entries(locked)) {
    if (isDeepStrictEqual(present[lock], value)) continue;
    if (/\.preTokenGeneration(Config)?$/.test(lock)) {
      throw new SettingsError(
        `${stackName} removes ${lock}, which Terraform's provider cannot detach: keep it (access: {} brings the trigger, eventVersion its configuration), or detach it by hand in AWS and then delete this lock from lib/locks.json.`,
      );
    }
    throw new SettingsError(
      value === "address"
        ? `${stackName} no longer has ${lock}, so Terraform would destroy it with everything in it: give its construct the old id back or, if it may go, delete its locks from lib/locks.json.`
        : `${stackName} changes ${lock}, which Cognito fixes for ever when it makes a pool: put it back, or make another pool under a construct id of its own.`,
    );
  }
}
