import { type ClientContext, type Context, clientContext, type PoolContext, poolContext } from "../context";
import { isObject } from "../json";
import type { Trigger } from "../triggers/trigger-names";
import type { User } from "../users/user";
import {
  type FoundUser,
  type Registrant,
  registrantOf,
  userByAccessToken,
  userForAdmin,
  userForClient,
} from "./find-user";
import { type Checked, type OperationName, type RawRequest, type RequestOf, requireMembers } from "./request";

export interface Operation<Request = unknown> {
  /** A signed operation is an administrator's, and IAM decides. The others need no signature. */
  readonly signed: boolean;
  /** The members that a request must have. */
  readonly needs: readonly string[];
  /** The triggers that the operation may run. */
  readonly triggers: readonly Trigger[];
  /** Checks the members of a request, and gives back what serves the request. */
  readonly check: (input: RawRequest) => (context: Context) => Promise<object>;
  /** No value has this. With it, the compiler compares a row of the table with the SDK's type for the request. */
  readonly request?: Request;
}

/** Under each name, an operation that needs what the SDK's type for the request requires. */
export type OperationTable = { readonly [Name in OperationName]?: Operation<Checked<RequestOf<Name>>> };

/** The members that a type of request always has. */
type RequiredMember<Request> = {
  [Name in keyof Request]-?: undefined extends Request[Name] ? never : Name;
}[keyof Request];

/** Makes rows for requests that name their caller by the same members. `find` looks up the pool, the client and the user. */
const rowsThatNeed =
  <Member extends string, Found extends unknown[]>(
    members: readonly Member[],
    signed: boolean,
    find: (context: Context, input: RawRequest & Readonly<Record<Member, string>>) => Promise<Found>,
  ) =>
  /** `needs` are the further members that `serve` requires: all of them, and no others. */
  <Request extends object, const Needs extends readonly Exclude<RequiredMember<Request>, Member>[]>(
    serve: (...args: [...found: Found, request: Request]) => Promise<unknown>,
    needs: [Exclude<RequiredMember<Request>, Member | Needs[number]>] extends [never] ? Needs : never,
    triggers: readonly Trigger[] = [],
  ): Operation<Request & Readonly<Record<Member, string>>> => {
    const allNeeds = [...members, ...needs.map(String)];
    return {
      signed,
      needs: allNeeds,
      triggers,
      check(input) {
        requireMembers<Request & Readonly<Record<Member, string>>>(input, allNeeds);
        return async (context) => {
          const answer = await serve(...(await find(context, input)), input);
          return isObject(answer) ? answer : {};
        };
      },
    };
  };

/** The request of an app client. */
export const fromClient = rowsThatNeed(
  ["ClientId"],
  false,
  async (context, { ClientId }): Promise<[ClientContext]> => [await clientContext(context, ClientId)],
);

/** The request of an app client about a user, who need not exist. */
export const fromClientForUser = rowsThatNeed(
  ["ClientId", "Username"],
  false,
  (context, input): Promise<[ClientContext, User | undefined]> => userForClient(context, input),
);

/** The request of a user who has an access token. */
export const fromUser = rowsThatNeed(
  ["AccessToken"],
  false,
  (context, { AccessToken }): Promise<FoundUser<ClientContext>> => userByAccessToken(context, AccessToken),
);

/** The request of a user who sets up a second factor, with an access token or with the session of a sign-in. */
export const fromRegistrant = rowsThatNeed(
  [],
  false,
  (context, input): Promise<[ClientContext, Registrant]> => registrantOf(context, input),
);

/** An administrator's request about a pool. */
export const fromAdmin = rowsThatNeed(
  ["UserPoolId"],
  true,
  async (context, { UserPoolId }): Promise<[PoolContext]> => [await poolContext(context, UserPoolId)],
);

/** An administrator's request on behalf of an app client. */
export const fromAdminForClient = rowsThatNeed(
  ["UserPoolId", "ClientId"],
  true,
  async (context, { UserPoolId, ClientId }): Promise<[ClientContext]> => [
    await clientContext(context, ClientId, UserPoolId),
  ],
);

/** An administrator's request about a user. */
export const fromAdminForUser = rowsThatNeed(
  ["UserPoolId", "Username"],
  true,
  (context, { UserPoolId, Username }): Promise<FoundUser<PoolContext>> => userForAdmin(context, UserPoolId, Username),
);
