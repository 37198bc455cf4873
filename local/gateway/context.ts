import type { UserPoolClientType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Aws } from "./aws";
import type { Store } from "./store";
import type { TriggerLog } from "./triggers";

/** What every handler gets: where users are kept, the cloud around them, and what is being asked. */
export interface Context {
  readonly region: string;
  readonly account: string;
  readonly store: Store;
  readonly aws: Aws;
  readonly triggerLog: TriggerLog;
  /** The operation being served. */
  readonly operation: string;
  /** Whether it is one of the signed operations, which are an administrator's. */
  readonly signed: boolean;
}

/** The same, once it is known which pool is meant. */
export interface InPool extends Context {
  readonly pool: UserPoolType;
  readonly poolId: string;
  /** The app client that asks; an administrator may ask without one. */
  readonly client?: UserPoolClientType;
  readonly clientId?: string;
}

/** The same, where an app client asks. */
export type AtClient = InPool & Required<Pick<InPool, "client" | "clientId">>;

type Names = { readonly [Name in "UserPoolId" | "ClientId"]?: string | undefined };

export const inPool = async (context: Context, { UserPoolId = "" }: Names): Promise<InPool> => ({
  ...context,
  pool: await context.aws.pool(UserPoolId),
  poolId: UserPoolId,
});

/** With a pool named, only if it is a client of that pool. */
export async function atClient(context: Context, { ClientId = "", UserPoolId }: Names): Promise<AtClient> {
  const { pool, client } = await context.aws.client(ClientId, UserPoolId);
  return { ...context, pool, poolId: pool.Id ?? "", client, clientId: ClientId };
}
