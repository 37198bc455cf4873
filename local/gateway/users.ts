import type { UserStatusType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { type Attributes, toList } from "./attributes";
import { checkSecret } from "./client";
import type { Code, Purpose } from "./codes";
import { type AtClient, atClient, type Context, type InPool, inPool } from "./context";
import { refusal, userNotFound } from "./errors";
import type { Input } from "./input";
import { aliasesOf, type Contact, canonical, checkUsername, isAlias } from "./pool";
import type { Verifier } from "./srp";
import { key, type Write } from "./store";
import { type Metadata, withMetadata } from "./triggers";

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
  /** A new address or number that takes the place of the old one once it is proven. */
  readonly pending?: Readonly<Partial<Record<Contact, string>>>;
  /** The names of the groups that the user is in. */
  readonly groups?: readonly string[];
  readonly created: number;
  readonly modified: number;
}

const userKey = (at: InPool, username: string) => key("user", at.poolId, username);
const aliasKey = (at: InPool, attribute: string, value: string) => key("alias", at.poolId, attribute, value);

/** Finds a user by whatever the pool lets people type: name, address or phone number. */
export function findUser(at: InPool, typed: string): User | undefined {
  checkUsername(typed);
  const name = canonical(at.pool, typed);
  const named = at.store.get<User>(userKey(at, name));
  if (named) return named;
  for (const attribute of [...(at.pool.UsernameAttributes ?? []), ...(at.pool.AliasAttributes ?? [])]) {
    const owner = at.store.get<string>(aliasKey(at, attribute, name));
    if (owner) return at.store.get<User>(userKey(at, owner));
  }
  return undefined;
}

/** Whom a request is about. */
export interface Subject<At extends InPool = InPool> {
  readonly at: At;
  readonly user: User;
}

/** Whom an administrator's request is about. */
export async function chosen(context: Context, input: Input): Promise<Subject> {
  const at = await inPool(context, input);
  const user = findUser(at, input.Username ?? "");
  if (!user) throw userNotFound();
  return { at, user };
}

/** Whom a request through a client is about, if there is such a user, once the client has proven itself. */
export async function named(context: Context, input: Input): Promise<Named> {
  const { Username = "", SecretHash } = input;
  const at = await atClient(context, input);
  const user = findUser(at, Username);
  checkSecret(at.client, [Username, user?.username ?? Username], SecretHash);
  return { at, user };
}

export type Named = Pick<Subject<AtClient>, "at"> & { readonly user: User | undefined };

/** The users of a pool, in the order of their names' keys, from after `after` on. */
export const usersOf = (at: InPool, after?: string) => at.store.range<User>(key("user", at.poolId), after);

/** One writer a pool, for the moment of the write only: what is checked here stays true. */
const writing = <T>(at: InPool, work: () => Promise<T>) => at.store.locked([key("write", at.poolId)], work);

/** Adds a user; `force` takes proven aliases away from whoever has them. */
export function addUser(at: InPool, user: User, force: boolean): Promise<void> {
  return writing(at, async () => {
    if (at.store.get(userKey(at, user.username))) throw nameTaken(at);
    await at.store.commit(writes(at, undefined, user, force));
  });
}

/** Changes a user as it is at the moment of the write; `change` may refuse by throwing. */
export function changeUser(
  at: InPool,
  user: User,
  change: (fresh: User) => Partial<User>,
  force = false,
): Promise<User> {
  return writing(at, async () => {
    const before = at.store.get<User>(userKey(at, user.username));
    if (before?.sub !== user.sub) throw userNotFound();
    const after = { ...before, ...change(before), modified: Date.now() };
    await at.store.commit(writes(at, before, after, force));
    return after;
  });
}

export function removeUser(at: InPool, user: User): Promise<void> {
  return writing(at, async () => {
    const before = at.store.get<User>(userKey(at, user.username));
    if (before?.sub !== user.sub) throw userNotFound();
    const sessions: Write[] = [];
    for await (const [name] of at.store.range(key("session", at.poolId, user.sub))) sessions.push([name, undefined]);
    await at.store.commit([...writes(at, before, undefined), ...sessions]);
  });
}

/** A user and the ways to find it, as one batch; with `force`, also the users who lose an alias. */
function writes(at: InPool, before?: User, after?: User, force = false): Write[] {
  const username = after?.username ?? before?.username ?? "";
  const gone = aliasesOf(at.pool, before?.attributes ?? {});
  const here = aliasesOf(at.pool, after?.attributes ?? {});
  const robbed = new Map<string, User>();
  for (const [attribute, value] of here) {
    const owner = at.store.get<string>(aliasKey(at, attribute, value));
    if (!owner || owner === username) continue;
    const loser = robbed.get(owner) ?? at.store.get<User>(userKey(at, owner));
    if (!loser) continue;
    if (!isAlias(at.pool, attribute) && !before) throw nameTaken(at, attribute);
    if (!isAlias(at.pool, attribute) || !force || attribute === "preferred_username")
      throw refusal("AliasExistsException", accountWith(at, attribute));
    const attributes = { ...loser.attributes, [`${attribute}_verified`]: "false" };
    robbed.set(owner, { ...loser, attributes, modified: Date.now() });
  }
  return [
    ...[...robbed.values()].map((user): Write => [userKey(at, user.username), user]),
    [userKey(at, username), after],
    ...gone.map(([attribute, value]): Write => [aliasKey(at, attribute, value), undefined]),
    ...here.map(([attribute, value]): Write => [aliasKey(at, attribute, value), username]),
  ];
}

/** Two wordings of AWS's: an address that is the name is a "given" one. */
const accountWith = (at: InPool, attribute: string) =>
  `An account with the ${isAlias(at.pool, attribute) ? "" : "given "}${attribute} already exists.`;
/** Where an address is the name, AWS names the attribute; else only that the name is taken. */
export const nameTaken = (at: InPool, attribute?: string) =>
  refusal("UsernameExistsException", attribute ? accountWith(at, attribute) : "User already exists");

/** The attributes as people see them. */
export const attributesOf = (user: User): Attributes => ({ sub: user.sub, ...user.attributes });

/** What an event says of a user, or of a name that nobody has. */
export function about(who: User | string, request: object = {}, metadata?: Metadata) {
  const [userName, userAttributes] =
    typeof who === "string" ? [who, {}] : [who.username, { ...attributesOf(who), "cognito:user_status": who.status }];
  return { userName, request: { userAttributes, ...request, ...withMetadata(metadata) } };
}

/** A user as the signed operations show it. */
export const describeUser = (user: User): UserType => ({
  Username: user.username,
  Attributes: toList(attributesOf(user)),
  UserCreateDate: new Date(user.created),
  UserLastModifiedDate: new Date(user.modified),
  Enabled: user.enabled,
  UserStatus: user.status,
});
