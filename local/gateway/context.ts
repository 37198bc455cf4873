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
}

/** The same, once it is known which app client asks. */
export interface AtClient extends InPool {
  readonly client: UserPoolClientType;
  readonly clientId: string;
}

export const inPool = async (context: Context, poolId = ""): Promise<InPool> => ({
  ...context,
  pool: await context.aws.pool(poolId),
  poolId,
});

/** With `poolId`, only if it is a client of that pool. */
export async function atClient(
  context: Context,
  clientId = "",
  poolId?: string,
): Promise<AtClient> {
  const { pool, client } = await context.aws.client(clientId, poolId);
  return { ...context, pool, poolId: pool.Id ?? "", client, clientId };
}
