import type { PoolContext } from "../context";
import { exception, userNotFound } from "../exceptions";
import { aliasesOf, canonical, checkUsername, isAlias } from "../pools/user-names";
import { key, type Store, type Write } from "../storage/store";
import { type Identity, isFederated } from "./identities";
import type { User } from "./user";

const userKey = (context: PoolContext, username: string) => key("user", context.poolId, username);
const aliasKey = (context: PoolContext, attribute: string, value: string) =>
  key("alias", context.poolId, attribute, value);

const identityKey = (context: PoolContext, { providerName, userId }: Pick<Identity, "providerName" | "userId">) =>
  key("identity", context.poolId, providerName, userId);
const subKey = (context: PoolContext, sub: string) => key("sub", context.poolId, sub);
const numberKey = (poolId: string) => key("users", poolId);

export const numberOfUsers = (store: Store, poolId: string) => store.get<number>(numberKey(poolId)) ?? 0;

/**
 * Finds a user by name, alias or `sub`. Operations that name a user take the `sub`, too; a sign-in does not.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
 */
export function findUserOrSub(context: PoolContext, typed: string): User | undefined {
  return findUser(context, typed) ?? findBySub(context, typed);
}

/** Finds a user by the `sub` alone: somebody else may have chosen it as a user name. */
export function findBySub(context: PoolContext, sub: string): User | undefined {
  const username = context.store.get<string>(subKey(context, sub));
  return username === undefined ? undefined : context.store.get<User>(userKey(context, username));
}

/** Finds a user by anything that the pool lets people sign in with: user name, address or phone number. */
export function findUser(context: PoolContext, typed: string): User | undefined {
  checkUsername(typed);
  const name = canonical(context.pool, typed);
  const byUsername = context.store.get<User>(userKey(context, name));
  if (byUsername) return byUsername;
  for (const attribute of [...(context.pool.UsernameAttributes ?? []), ...(context.pool.AliasAttributes ?? [])]) {
    const owner = context.store.get<string>(aliasKey(context, attribute, name));
    if (owner) return context.store.get<User>(userKey(context, owner));
  }
  return undefined;
}

/**
 * Finds the user who signs in with an identity of another provider. The provider and its name for the person must be
 * the same to the letter, so that no other person can come to look like this one.
 */
export function findByIdentity(
  context: PoolContext,
  identity: Pick<Identity, "providerName" | "userId">,
): User | undefined {
  const username = context.store.get<string>(identityKey(context, identity));
  return username === undefined ? undefined : context.store.get<User>(userKey(context, username));
}

/** The users of a pool in the order of their keys. With `after`, only those whose keys come later. */
export const usersOf = (context: PoolContext, after?: string) =>
  context.store.range<User>(key("user", context.poolId), after);

/** Lets one write of a pool run at a time, so that what it has checked is still true when it commits. */
const exclusively = <T>(context: PoolContext, write: () => Promise<T>) =>
  context.store.locked([key("write", context.poolId)], write);

/** Adds a user. With `force`, the user gets aliases that are verified for other users. */
export function addUser(context: PoolContext, user: User, force: boolean): Promise<void> {
  return exclusively(context, async () => {
    if (context.store.get(userKey(context, user.username))) throw nameTaken(context);
    await context.store.commit(writesFor(context, undefined, user, force));
  });
}

/**
 * Changes a user. `change` gets the user as it is at the moment of the write, and may throw. The user was modified now,
 * unless the change says when.
 */
export function changeUser(
  context: PoolContext,
  user: User,
  change: (fresh: User) => Partial<User>,
  force = false,
): Promise<User> {
  return exclusively(context, async () => {
    const before = context.store.get<User>(userKey(context, user.username));
    if (before?.sub !== user.sub) throw userNotFound();
    const after = { ...before, modified: Date.now(), ...change(before) };
    await context.store.commit(writesFor(context, before, after, force));
    return after;
  });
}

export function removeUser(context: PoolContext, user: User): Promise<void> {
  return exclusively(context, async () => {
    const before = context.store.get<User>(userKey(context, user.username));
    if (before?.sub !== user.sub) throw userNotFound();
    const sessions: Write[] = [];
    for await (const [name] of context.store.range(key("session", context.poolId, user.sub)))
      sessions.push([name, undefined]);
    await context.store.commit([...writesFor(context, before, undefined), ...sessions]);
  });
}

/** The writes for one change of a user: the user, the user's aliases, and other users who lose an alias. */
function writesFor(context: PoolContext, before?: User, after?: User, force = false): Write[] {
  const { pool, store } = context;
  const username = after?.username ?? before?.username ?? "";
  // A federated user signs in by the provider alone, so the address stays free for a user with a password.
  const aliasesFor = (user?: User) => (user && !isFederated(user) ? aliasesOf(pool, user.attributes) : []);
  const [oldAliases, newAliases] = [aliasesFor(before), aliasesFor(after)];
  const formerOwners = new Map<string, User>();
  for (const [attribute, value] of newAliases) {
    const ownerName = store.get<string>(aliasKey(context, attribute, value));
    if (!ownerName || ownerName === username) continue;
    const owner = formerOwners.get(ownerName) ?? store.get<User>(userKey(context, ownerName));
    if (!owner) continue;
    if (!isAlias(pool, attribute) && !before) throw nameTaken(context, attribute);
    if (!isAlias(pool, attribute) || !force || attribute === "preferred_username")
      throw exception("AliasExistsException", accountWith(context, attribute));
    const attributes = { ...owner.attributes, [`${attribute}_verified`]: "false" };
    formerOwners.set(ownerName, { ...owner, attributes, modified: Date.now() });
  }
  const difference = (after ? 1 : 0) - (before ? 1 : 0);
  return [
    ...(difference ? changesOfNumber(context, { before, after, difference }) : []),
    ...[...formerOwners.values()].map((user): Write => [userKey(context, user.username), user]),
    [userKey(context, username), after],
    ...oldAliases.map(([attribute, value]): Write => [aliasKey(context, attribute, value), undefined]),
    ...changesOfIdentities(context, username, before?.identities, after?.identities),
    ...newAliases.map(([attribute, value]): Write => [aliasKey(context, attribute, value), username]),
  ];
}

/** The writes for the identities that a user loses or gets. */
function changesOfIdentities(
  context: PoolContext,
  username: string,
  before: readonly Identity[] = [],
  after: readonly Identity[] = [],
): Write[] {
  const taken = after.find((identity) => (findByIdentity(context, identity)?.username ?? username) !== username);
  if (taken) throw exception("AliasExistsException", "Another user signs in with this identity.");
  return [
    ...before.map((identity): Write => [identityKey(context, identity), undefined]),
    ...after.map((identity): Write => [identityKey(context, identity), username]),
  ];
}

/** The writes for a user who comes or goes. */
function changesOfNumber(
  context: PoolContext,
  { before, after, difference }: { before?: User; after?: User; difference: number },
): Write[] {
  const { store, poolId } = context;
  return [
    [subKey(context, after?.sub ?? before?.sub ?? ""), after?.username],
    [numberKey(poolId), numberOfUsers(store, poolId) + difference],
  ];
}

/** Notes the `sub` of each user and the number of users, for a store of an earlier version, which did not. */
export async function noteUsers(store: Store): Promise<void> {
  const noted = "layout/users";
  if (store.get(noted)) return;
  const numbers = new Map<string, number>();
  const writes: Write[] = [[noted, 1]];
  for await (const [name, { sub, username }] of store.range<User>("user")) {
    const poolId = decodeURIComponent(name.split("/")[1] ?? "");
    numbers.set(poolId, (numbers.get(poolId) ?? 0) + 1);
    writes.push([key("sub", poolId, sub), username]);
  }
  for (const [poolId, number] of numbers) writes.push([numberKey(poolId), number]);
  await store.commit(writes);
}

/** AWS says "given" where the attribute is the sign-in name. */
const accountWith = ({ pool }: PoolContext, attribute: string) =>
  `An account with the ${isAlias(pool, attribute) ? "" : "given "}${attribute} already exists.`;

/** AWS names the attribute where people sign in with one; else it says only that the user exists. */
export const nameTaken = (context: PoolContext, attribute?: string) =>
  exception("UsernameExistsException", attribute ? accountWith(context, attribute) : "User already exists");
