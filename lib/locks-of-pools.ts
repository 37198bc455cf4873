// A resource of a pool has the pool's id at the beginning of its own: `verified_pool_668CA16E`,
// `verified_client_3591FD28`. The last part is a hash of the construct's path.

interface LockedPool {
  readonly id: string;
  readonly address: string;
}

/** The path of a lock's resource: its construct ids, joined by underscores. Undefined for a part of the place. */
function pathOf(lock: string): string | undefined {
  return /^aws_\w+\.([\w-]+)_[0-9A-F]{8}(\.|$)/.exec(lock)?.[1];
}

/** The pools that have a lock among these. */
export function lockedPools(locks: readonly string[]): LockedPool[] {
  return locks.flatMap((address) => {
    if (!/^aws_cognito_user_pool\.[\w-]+$/.test(address)) return [];
    const path = pathOf(address);
    // CDKTF leaves out the id of the resource if the pool's own id ends with it, as in "app-pool".
    return path === undefined ? [] : [{ id: path.replace(/_pool$/, ""), address }];
  });
}

/** The pool that a lock's resource belongs to. */
export function poolOf(lock: string, locks: readonly string[]): LockedPool | undefined {
  const path = pathOf(lock);
  if (path === undefined) return undefined;
  const [nearest] = lockedPools(locks)
    .filter(({ id }) => path === id || path.startsWith(`${id}_`))
    .sort((one, other) => other.id.length - one.id.length);
  return nearest;
}
