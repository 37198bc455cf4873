import { Agent } from "node:http";
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  paginateListUserPoolClients,
  paginateListUserPools,
  type UserPoolClientType,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetPolicyCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SESClient, SendEmailCommand, VerifyEmailIdentityCommand } from "@aws-sdk/client-ses";
import { refusal } from "./errors";
import { limit } from "./limit";
import type { Policy } from "./resource-policy";

/** The sender of every message of a pool that names none, as in AWS. */
export const defaultSender = "no-reply@verificationemail.com";

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** What the emulator is asked for. It knows what a pool is; it never hears of a user. */
export type Aws = ReturnType<typeof connect>;

/** The access key that MiniStack takes as root without looking at the signature. */
export const rootKey = "test";

export function connect(emulator: string, region: string) {
  const config = {
    endpoint: emulator,
    region,
    credentials: { accessKeyId: rootKey, secretAccessKey: "test" },
    maxAttempts: 1,
    // A kept connection that the emulator closes at the same moment would fail a call for nothing.
    requestHandler: { httpAgent: new Agent({ keepAlive: false, maxSockets: 256 }) },
  };
  const cognito = new CognitoIdentityProviderClient({ ...config, maxAttempts: 3 });
  const ses = new SESClient({ ...config, maxAttempts: 3 });
  const lambda = new LambdaClient(config);
  /** A deadline is for the function, and not for the queue in front of this machine's few cores. */
  const oneOfFew = limit(16);
  /** Which pool a client belongs to; a client never moves, so this cannot go stale. */
  const pools = new Map<string, string>();

  async function poolOf(clientId: string): Promise<string> {
    const known = pools.get(clientId);
    if (known) return known;
    for await (const page of paginateListUserPools({ client: cognito }, { MaxResults: 60 })) {
      for (const { Id: UserPoolId } of page.UserPools ?? []) {
        const query = { UserPoolId, MaxResults: 60 };
        for await (const clients of paginateListUserPoolClients({ client: cognito }, query)) {
          for (const client of clients.UserPoolClients ?? [])
            pools.set(client.ClientId ?? "", UserPoolId ?? "");
        }
      }
    }
    const found = pools.get(clientId);
    if (!found) throw noClient(clientId);
    return found;
  }

  async function pool(UserPoolId: string): Promise<UserPoolType> {
    const answer = await cognito
      .send(new DescribeUserPoolCommand({ UserPoolId }))
      .catch((error) => {
        if (error.name !== "ResourceNotFoundException") throw error;
        throw refusal(error.name, `User pool ${UserPoolId} does not exist.`);
      });
    return answer.UserPool as UserPoolType;
  }

  /** A client and its pool; with `UserPoolId`, only if it is a client of that pool. */
  async function client(
    ClientId: string,
    UserPoolId?: string,
  ): Promise<{ pool: UserPoolType; client: UserPoolClientType }> {
    const owner = UserPoolId ?? (await poolOf(ClientId));
    const command = new DescribeUserPoolClientCommand({ UserPoolId: owner, ClientId });
    const [described, answer] = await Promise.all([
      pool(owner),
      cognito.send(command).catch((error) => {
        if (error.name !== "ResourceNotFoundException") throw error;
        pools.delete(ClientId);
        throw noClient(ClientId);
      }),
    ]);
    return { pool: described, client: answer.UserPoolClient as UserPoolClientType };
  }

  return {
    pool,
    client,

    /** The resource policy of a function; undefined where there is none, or no function. */
    async policy(FunctionName: string, Qualifier?: string): Promise<Policy | undefined> {
      const answer = await lambda
        .send(new GetPolicyCommand({ FunctionName, Qualifier }))
        .catch((error) => {
          if (error.name === "ResourceNotFoundException") return undefined;
          throw error;
        });
      return answer?.Policy ? JSON.parse(answer.Policy) : undefined;
    },

    invoke(FunctionName: string, Qualifier: string | undefined, event: unknown, ms: number) {
      const Payload = Buffer.from(JSON.stringify(event));
      return oneOfFew(() =>
        lambda.send(new InvokeCommand({ FunctionName, Qualifier, Payload }), {
          abortSignal: AbortSignal.timeout(ms),
        }),
      );
    },

    send: ({ from, to, subject, body }: Mail) =>
      ses.send(
        new SendEmailCommand({
          Source: from,
          Destination: { ToAddresses: [to] },
          Message: { Subject: { Data: subject }, Body: { Html: { Data: body } } },
        }),
      ),

    verifySender: (EmailAddress: string) =>
      ses.send(new VerifyEmailIdentityCommand({ EmailAddress })),

    /** Puts a user into the emulator for the length of `work`, silently; see authorize.ts for why. */
    async withStandIn<T>(UserPoolId: string, Username: string, work: () => Promise<T>): Promise<T> {
      const standIn = { UserPoolId, Username, MessageAction: "SUPPRESS" as const };
      await cognito.send(new AdminCreateUserCommand(standIn)).catch(() => undefined);
      try {
        return await work();
      } finally {
        await cognito
          .send(new AdminDeleteUserCommand({ UserPoolId, Username }))
          .catch(() => undefined);
      }
    },
  };
}

const noClient = (id: string) =>
  refusal("ResourceNotFoundException", `User pool client ${id} does not exist.`);
