import type { UserPoolClientType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { EmulatorAgent } from "./emulator/agent";
import type { Aws } from "./emulator/aws";
import type { Store } from "./storage/store";
import type { TriggerLog } from "./triggers/trigger-log";

/** What all requests share. */
export interface GatewayContext {
  readonly region: string;
  readonly account: string;
  /** The address of the gateway for browsers. It names `localhost`: they keep the cookies of 127.0.0.1 apart. */
  readonly origin: string;
  /** Where the users are kept. */
  readonly store: Store;
  /** The emulator's services. */
  readonly aws: Aws;
  /** The emulator itself, for requests that are passed on as they came. */
  readonly emulator: EmulatorAgent;
  readonly triggerLog: TriggerLog;
}

/** The same for one request, whose operation is known. */
export interface Context extends GatewayContext {
  /** The operation that is served. */
  readonly operation: string;
  /** Whether it is a signed operation; those are an administrator's. */
  readonly signed: boolean;
}

/** The same, once the user pool is known. */
export interface PoolContext extends Context {
  readonly pool: UserPoolType;
  readonly poolId: string;
  /** The app client of the request. An administrator's request may name none. */
  readonly client?: UserPoolClientType;
  readonly clientId?: string;
}

/** The same, where the request is one of an app client. */
export type ClientContext = PoolContext & Required<Pick<PoolContext, "client" | "clientId">>;

export const poolContext = async (context: Context, poolId: string): Promise<PoolContext> => ({
  ...context,
  pool: await context.aws.pool(poolId),
  poolId,
});

/** Finds the pool of an app client. Where `poolId` is given, the app client must be one of that pool. */
export async function clientContext(context: Context, clientId: string, poolId?: string): Promise<ClientContext> {
  const { pool, client } = await context.aws.client(clientId, poolId);
  return { ...context, pool, poolId: pool.Id ?? "", client, clientId };
}
