import type { TerraformStack } from "cdktf";
import { SettingsError } from "./checked-settings";
import { environmentOf } from "./locked-place";
import { brokenLocks } from "./locks";
import { type AllLocks, LOCKS_FILE, readLocks, saveLocks } from "./locks-file";
import { lockedPools, poolOf } from "./locks-of-pools";

/** A lock that was removed. */
export interface Removed {
  readonly stack: string;
  readonly lock: string;
}

/**
 * Removes the locks of what goes. Only a lock that holds no longer can be removed, so that what is still there stays
 * locked.
 * @param targets each an environment or a stack, alone or with `/` and a pool, a resource's address or a lock
 * @param stacks those of all environments
 * @throws SettingsError when there is no such lock, or all of them hold; then nothing is removed
 */
export function unlock(targets: readonly string[], stacks: readonly TerraformStack[], file = LOCKS_FILE): Removed[] {
  const all = readLocks(file);
  const removed = targets.flatMap((target) => locksThatGo(target, all, stacks));
  const goes = (stack: string, lock: string) => removed.some((one) => one.stack === stack && one.lock === lock);
  const kept = Object.entries(all).map(([stack, locks]) => [
    stack,
    Object.fromEntries(Object.entries(locks).filter(([lock]) => !goes(stack, lock))),
  ]);
  const isMade = (stack: unknown) => stacks.some(({ node }) => node.id === stack);
  saveLocks(
    Object.fromEntries(kept.filter(([stack, locks]) => isMade(stack) || Object.keys(locks as object).length > 0)),
    file,
  );
  return removed;
}

function locksThatGo(target: string, all: AllLocks, stacks: readonly TerraformStack[]): Removed[] {
  const [place = "", ...rest] = target.split("/");
  const what = rest.join("/");
  const named = Object.keys(all)
    .filter((stack) => stack === place || environmentOf(stack) === place)
    .flatMap((stack) => Object.keys(all[stack] ?? {}).map((lock) => ({ stack, lock })));
  if (named.length === 0) {
    const places = [...new Set(Object.keys(all).map(environmentOf))].join(", ");
    throw new SettingsError(
      `--remove ${target}: "${place}" has no locks; the environments in lib/locks.json are ${places}.`,
    );
  }
  const chosen =
    rest.length === 0 ? named : named.filter(({ stack, lock }) => isPartOf(what, lock, Object.keys(all[stack] ?? {})));
  if (chosen.length === 0) {
    const pools = lockedPools(named.map(({ lock }) => lock)).map(({ id }) => id);
    throw new SettingsError(
      `--remove ${target}: ${place} has no lock of "${what}"; its pools are ${pools.join(", ") || "none"}, and everything else is named as in lib/locks.json.`,
    );
  }
  const broken = chosen.filter(({ stack, lock }) => {
    const made = stacks.find(({ node }) => node.id === stack);
    return brokenLocks({ [lock]: all[stack]?.[lock] }, made).length > 0;
  });
  if (broken.length === 0) {
    throw new SettingsError(
      `--remove ${target}: it is still there, just as it is locked; ${rest.length === 0 ? "take it out of lib/environments.ts" : "take it out of its stack, or change it,"} first, and run this again.`,
    );
  }
  return broken;
}

/** Whether a lock belongs to a pool, or is of a resource or property of that name. */
const isPartOf = (what: string, lock: string, locks: string[]) =>
  lock === what || lock.startsWith(`${what}.`) || poolOf(lock, locks)?.id === what;
