import type { UserStatusType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { checkSecret } from "./client";
import type { Code, Purpose } from "./codes";
import { type AtClient, atClient, type Context, type InPool, inPool } from "./context";
import { refusal, userNotFound } from "./errors";
import { type Attributes, aliasesOf, canonical, checkUsername, toList } from "./pool";
import type { Verifier } from "./srp";
import { key, type Write } from "./store";

/** A user as it is kept. Times are milliseconds. */
export interface User {
  readonly username: string;
  readonly sub: string;
  readonly status: UserStatusType;
  readonly enabled: boolean;
  /** Without `sub`, which never changes. */
  readonly attributes: Attributes;
  readonly password?: Verifier;
  /** When a temporary password stops to work. */
  readonly temporaryUntil?: number;
  readonly codes: Readonly<Partial<Record<Purpose, Code>>>;
  readonly created: number;
  readonly modified: number;
}

const userKey = (at: InPool, username: string) => key("user", at.poolId, username);
const aliasKey = (at: InPool, attribute: string, value: string) =>
  key("alias", at.poolId, attribute, value);

/** Finds a user by whatever the pool lets people type: name, address or phone number. */
export function findUser(at: InPool, typed: string): User | undefined {
  checkUsername(typed);
  const name = canonical(at.pool, typed);
  const named = at.store.get<User>(userKey(at, name));
  if (named) return named;
  for (const attribute of [
    ...(at.pool.UsernameAttributes ?? []),
    ...(at.pool.AliasAttributes ?? []),
  ]) {
    const owner = at.store.get<string>(aliasKey(at, attribute, name));
    if (owner) return at.store.get<User>(userKey(at, owner));
  }
  return undefined;
}

/** Whom an administrator's request is about. */
export async function chosen(
  context: Context,
  { UserPoolId, Username = "" }: { UserPoolId: string | undefined; Username: string | undefined },
): Promise<{ at: InPool; user: User }> {
  const at = await inPool(context, UserPoolId);
  const user = findUser(at, Username);
  if (!user) throw userNotFound();
  return { at, user };
}

/** Whom a request through a client is about, if there is such a user, once the client has proven itself. */
export async function named(
  context: Context,
  input: { ClientId: string | undefined; Username: string | undefined; SecretHash?: string },
): Promise<{ at: AtClient; user?: User }> {
  const { ClientId, Username = "", SecretHash } = input;
  const at = await atClient(context, ClientId);
  const user = findUser(at, Username);
  checkSecret(at.client, [Username, user?.username ?? Username], SecretHash);
  return { at, user };
}

/** The users of a pool, in the order of their names' keys, from after `after` on. */
export const usersOf = (at: InPool, after?: string) =>
  at.store.range<User>(key("user", at.poolId), after);

/** One writer a pool, for the moment of the write only: what is checked here stays true. */
const writing = <T>(at: InPool, work: () => Promise<T>) =>
  at.store.locked([key("write", at.poolId)], work);

export function addUser(at: InPool, user: User): Promise<void> {
  return writing(at, async () => {
    if (at.store.get(userKey(at, user.username))) throw nameTaken(at);
    await at.store.commit(writes(at, undefined, user));
  });
}

/** Changes a user as it is at the moment of the write; `change` may refuse by throwing. */
export function changeUser(
  at: InPool,
  user: User,
  change: (fresh: User) => Partial<User>,
): Promise<User> {
  return writing(at, async () => {
    const before = at.store.get<User>(userKey(at, user.username));
    if (before?.sub !== user.sub) throw userNotFound();
    const after = { ...before, ...change(before), modified: Date.now() };
    await at.store.commit(writes(at, before, after));
    return after;
  });
}

export function removeUser(at: InPool, user: User): Promise<void> {
  return writing(at, async () => {
    const before = at.store.get<User>(userKey(at, user.username));
    if (before?.sub !== user.sub) throw userNotFound();
    const sessions: Write[] = [];
    for await (const [name] of at.store.range(key("session", at.poolId, user.sub)))
      sessions.push([name, undefined]);
    await at.store.commit([...writes(at, before, undefined), ...sessions]);
  });
}

/** A user and the ways to find it, as one batch. */
function writes(at: InPool, before?: User, after?: User): Write[] {
  const username = after?.username ?? before?.username ?? "";
  const gone = aliasesOf(at.pool, before?.attributes ?? {});
  const here = aliasesOf(at.pool, after?.attributes ?? {});
  for (const [attribute, value] of here) {
    const owner = at.store.get<string>(aliasKey(at, attribute, value));
    if (owner && owner !== username) throw before ? aliasTaken(attribute) : nameTaken(at);
  }
  return [
    [userKey(at, username), after],
    ...gone.map(([attribute, value]): Write => [aliasKey(at, attribute, value), undefined]),
    ...here.map(([attribute, value]): Write => [aliasKey(at, attribute, value), username]),
  ];
}

const accountWith = (attribute: string) =>
  `An account with the given ${attribute === "email" ? "email" : "phone_number"} already exists.`;
const aliasTaken = (attribute: string) => refusal("AliasExistsException", accountWith(attribute));
/** Where the address is the name, AWS names the attribute; else only that the name is taken. */
export function nameTaken(at: InPool) {
  const attribute = at.pool.UsernameAttributes?.[0];
  return refusal(
    "UsernameExistsException",
    attribute ? accountWith(attribute) : "User already exists",
  );
}

/** The attributes as triggers and people see them. */
export const attributesOf = (user: User): Attributes => ({ sub: user.sub, ...user.attributes });

/** A user as the signed operations show it. */
export const describeUser = (user: User): UserType => ({
  Username: user.username,
  Attributes: toList(attributesOf(user)),
  UserCreateDate: new Date(user.created),
  UserLastModifiedDate: new Date(user.modified),
  Enabled: user.enabled,
  UserStatus: user.status,
});
