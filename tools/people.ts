import {
  AdminDisableProviderForUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  paginateListUserPools,
  paginateListUsers,
  type UserPoolType,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { namesOf, providerNamesOf } from "../functions/shared/event";
import { type Identity, identitiesIn } from "../functions/shared/identities";
import { normalAddress, normalPhoneNumber, normalUser } from "../functions/shared/names";
import { SETTINGS_VARIABLE } from "../functions/shared/settings-object";
import { isUserName } from "../functions/shared/users";
import { isVerified } from "../functions/shared/verified";
import { APP, allEnvironments, type Environment } from "../lib/environments";
import { blockListName } from "../lib/names";
import { connection } from "./connection";

/** Somebody who has the name, in one of the pools. */
export interface Person {
  /** The pool's name, as `identity-prod-verified`. */
  readonly pool: string;
  readonly userPoolId: string;
  /** The user name for Cognito. Where people sign in with an address, it is the `sub`. */
  readonly userName: string;
  readonly sub: string;
  readonly status: string;
  readonly enabled: boolean;
  readonly created?: Date;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly identities: readonly Identity[];
  /** Every name by which the block list knows the person, as Cognito stores it. */
  readonly names: readonly string[];
}

/** A pool of the environment. */
export interface Pool {
  readonly id: string;
  readonly name: string;
}

/** The people who have a name in any spelling. */
export interface Alike {
  readonly people: readonly Person[];
  /** The pools that are so large that not every profile was compared. */
  readonly tooLarge: readonly { readonly name: string; readonly users: number }[];
}

/** The most profiles of a pool that are all compared with a name, which takes 100 calls. */
const MOST_COMPARED = 6000;

/** The people in the pools of an environment: of those that read its block list, or of every pool. */
export class People {
  private readonly cognito: CognitoIdentityProviderClient;
  private readonly lambda: LambdaClient;

  constructor(
    private readonly environment: Environment,
    private readonly of: "block list" | "every pool" = "block list",
  ) {
    this.cognito = new CognitoIdentityProviderClient(connection(environment));
    this.lambda = new LambdaClient(connection(environment));
  }

  /** Everybody who has this user name, `sub`, address or phone number, in any of the pools. */
  async named(name: string): Promise<Person[]> {
    const pools = await this.pools();
    return (await Promise.all(pools.map((pool) => this.inPool(pool, name)))).flat();
  }

  /**
   * The same, and everybody who has the name in another spelling that the triggers take for the same one. ListUsers
   * cannot look for that, so every profile is compared; in a large pool only with `everybody`.
   */
  async alike(name: string, everybody: boolean): Promise<Alike> {
    const found: Person[] = [];
    const tooLarge: { name: string; users: number }[] = [];
    for (const pool of await this.pools()) {
      found.push(...(await this.inPool(pool, name)));
      const { UserPool } = await this.cognito.send(new DescribeUserPoolCommand({ UserPoolId: pool.id }));
      const users = UserPool?.EstimatedNumberOfUsers ?? 0;
      if (users > MOST_COMPARED && !everybody) tooLarge.push({ name: pool.name, users });
      else found.push(...(await this.comparedIn(pool, name)));
    }
    const people = [...new Map(found.map((person) => [`${person.userPoolId} ${person.userName}`, person])).values()];
    return { people, tooLarge };
  }

  private async comparedIn(pool: Pool, name: string): Promise<Person[]> {
    const wanted = normalUser(name);
    const found: Person[] = [];
    for await (const person of this.everybodyIn(pool)) {
      if (person.sub && person.names.some((own) => normalUser(own) === wanted)) found.push(person);
    }
    return found;
  }

  /** Ends every session of somebody. Cognito then refuses their access tokens, too. */
  async signOut({ userPoolId, userName }: Person): Promise<void> {
    await this.cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId: userPoolId, Username: userName }));
  }

  /** Takes a person at a provider from a profile. */
  async unlink({ userPoolId: UserPoolId }: Person, { providerName, userId }: Identity): Promise<void> {
    const User = {
      ProviderName: providerName,
      ProviderAttributeName: "Cognito_Subject",
      ProviderAttributeValue: userId,
    };
    await this.cognito.send(new AdminDisableProviderForUserCommand({ UserPoolId, User }));
  }

  /** Everybody in a pool. */
  async *everybodyIn(pool: Pool): AsyncGenerator<Person> {
    const input = { UserPoolId: pool.id, Limit: 60 };
    for await (const { Users = [] } of paginateListUsers({ client: this.cognito }, input)) {
      for (const user of Users) yield personOf(pool, user);
    }
  }

  /** The pools of the environment. */
  async pools(): Promise<Pool[]> {
    const all = allEnvironments();
    const found: Pool[] = [];
    for await (const { UserPools = [] } of paginateListUserPools({ client: this.cognito }, { MaxResults: 60 })) {
      for (const { Id: id = "", Name: name = "" } of UserPools) {
        if (!isPoolOf(name, this.environment, all)) continue;
        if (this.of === "every pool" || (await this.readsBlockList(id))) found.push({ id, name });
      }
    }
    return found;
  }

  /**
   * Whether a trigger of the pool reads this environment's list. Its settings say so, because a pool can be without a
   * list, and the name of another environment can begin with this one's.
   */
  private async readsBlockList(id: string): Promise<boolean> {
    const { UserPool } = await this.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
    const FunctionName = guardOf(UserPool);
    if (!FunctionName) return false;
    const { Environment: variables } = await this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const settings = JSON.parse(variables?.Variables?.[SETTINGS_VARIABLE] ?? "{}");
    return settings.access?.blockListTable === blockListName(this.environment);
  }

  private async inPool(pool: Pool, name: string): Promise<Person[]> {
    const spellings = [...new Set([name, name.toLowerCase(), normalUser(name)])];
    const answers = await Promise.all([
      ...spellings.filter(isUserName).map((spelling) => this.userCalled(pool, spelling)),
      ...spellings.flatMap((value) => attributesFor(name).map((attribute) => this.usersWith(pool, attribute, value))),
    ]);
    const people = answers.flat().map((user) => personOf(pool, user));
    return [...new Map(people.map((person) => [person.userName, person])).values()].filter(({ sub }) => sub);
  }

  /** The user who can sign in with this name, in upper or lower case. */
  private async userCalled({ id: UserPoolId }: Pool, Username: string): Promise<UserType[]> {
    try {
      const user = await this.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
      return [{ ...user, Attributes: user.UserAttributes }];
    } catch (error) {
      if (error instanceof Error && error.name === "UserNotFoundException") return [];
      throw error;
    }
  }

  /** The users who have this value in their profile, also where it is not verified. */
  private async usersWith({ id: UserPoolId }: Pool, attribute: string, value: string): Promise<UserType[]> {
    const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;
    const whole = `${attribute} = ${quoted(value)}`;
    // Of a longer value, ListUsers can only look for the beginning.
    const Filter = whole.length <= 256 ? whole : `${attribute} ^= ${quoted(value.slice(0, 100))}`;
    const users: UserType[] = [];
    for await (const { Users = [] } of paginateListUsers({ client: this.cognito }, { UserPoolId, Filter })) {
      users.push(...Users.filter((user) => Filter === whole || attributesOf(user)[attribute] === value));
    }
    return users;
  }
}

const attributesOf = ({ Attributes = [] }: UserType): Record<string, string> =>
  Object.fromEntries(Attributes.map(({ Name = "", Value = "" }) => [Name, Value]));

function personOf(pool: Pool, user: UserType): Person {
  const { Username: userName = "", UserStatus, Enabled, UserCreateDate } = user;
  const userAttributes = attributesOf(user);
  const { sub = "", email = "", identities } = userAttributes;
  const event = { userName, request: { userAttributes } };
  return {
    pool: pool.name,
    userPoolId: pool.id,
    userName,
    sub,
    status: UserStatus ?? "",
    enabled: Enabled ?? true,
    created: UserCreateDate,
    email,
    emailVerified: isVerified(userAttributes, "email"),
    identities: identitiesIn(identities),
    names: [...namesOf(event), ...providerNamesOf(event)],
  };
}

/** The ARN of a function that refuses people by `access`. */
const guardOf = ({ LambdaConfig = {} }: UserPoolType = {}) =>
  LambdaConfig.PreAuthentication ?? LambdaConfig.PreSignUp ?? LambdaConfig.PreTokenGeneration;

/** The attributes that can hold such a name. ListUsers searches one attribute at a time. */
function attributesFor(name: string): string[] {
  if (normalAddress(name)) return ["email", "preferred_username"];
  if (normalPhoneNumber(name)) return ["phone_number", "preferred_username"];
  return ["sub", "preferred_username"];
}

type Place = Pick<Environment, "name" | "account" | "region">;

/**
 * Whether a pool of this name is the environment's. The name of another environment can begin with this one's; but only
 * one of the same account and Region has pools beside it.
 */
export function isPoolOf(name: string, { name: own, account, region }: Place, all: readonly Place[]): boolean {
  const prefix = `${APP}-${own}-`;
  const longer = all
    .filter((other) => other.account === account && other.region === region)
    .map((other) => `${APP}-${other.name}-`)
    .filter((other) => other.length > prefix.length);
  return name.startsWith(prefix) && !longer.some((other) => name.startsWith(other));
}
