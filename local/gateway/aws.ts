import {
  CognitoIdentityProvider,
  type GroupType,
  paginateListGroups,
  paginateListUserPoolClients,
  paginateListUserPools,
  type UserPoolClientType,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { type InvocationType, type InvokeCommandInput, Lambda } from "@aws-sdk/client-lambda";
import { SES } from "@aws-sdk/client-ses";
import { SNS } from "@aws-sdk/client-sns";
import type { EmulatorAgent } from "./emulator-agent";
import { encryptor } from "./encryption";
import { refusal } from "./errors";
import { limit } from "./limit";
import type { Policy } from "./resource-policy";

/** The sender of every message of a pool that names none, as in AWS. */
export const defaultSender = "no-reply@verificationemail.com";

/** A function, and the version or alias of it that a pool names. */
export type Target = Pick<InvokeCommandInput, "FunctionName" | "Qualifier">;

/** What the emulator is asked for. It knows what a pool is; it never hears of a user. */
export type Aws = ReturnType<typeof connect>;

/** The access key that MiniStack takes as root without looking at the signature. */
export const rootKey = "test";

export function connect(httpAgent: EmulatorAgent, region: string) {
  const config = {
    endpoint: "http://localhost",
    region,
    credentials: { accessKeyId: rootKey, secretAccessKey: "test" },
    requestHandler: { httpAgent },
  };
  const client = new CognitoIdentityProvider(config);
  const ses = new SES(config);
  const sns = new SNS(config);
  /** How often a function is tried is for Cognito to decide. */
  const lambda = new Lambda({ ...config, maxAttempts: 1 });
  /** A deadline is for the function, and not for the queue in front of this machine's few cores. */
  const oneOfFew = limit(16);
  /** Which pool a client belongs to; a client never moves, so this cannot go stale. */
  const pools = new Map<string, string>();

  async function poolOf(clientId: string): Promise<string> {
    const known = pools.get(clientId);
    if (known) return known;
    for await (const { UserPools = [] } of paginateListUserPools({ client }, { MaxResults: 60 }))
      for (const { Id: UserPoolId } of UserPools)
        for await (const { UserPoolClients = [] } of paginateListUserPoolClients(
          { client },
          { UserPoolId, MaxResults: 60 },
        ))
          for (const { ClientId = "" } of UserPoolClients) pools.set(ClientId, UserPoolId ?? "");
    const found = pools.get(clientId);
    if (!found) throw noClient(clientId);
    return found;
  }

  const knownPool = async (UserPoolId: string): Promise<UserPoolType | undefined> =>
    (await client.describeUserPool({ UserPoolId }).catch(ifMissing))?.UserPool;

  async function pool(id: string): Promise<UserPoolType> {
    const found = await knownPool(id);
    if (!found) throw notThere(`User pool ${id} does not exist.`);
    return found;
  }

  return {
    pool,
    knownPool,

    /** A client and its pool; with `UserPoolId`, only if it is a client of that pool. */
    async client(ClientId: string, UserPoolId?: string): Promise<{ pool: UserPoolType; client: UserPoolClientType }> {
      const owner = UserPoolId ?? (await poolOf(ClientId));
      const [described, answer] = await Promise.all([
        pool(owner),
        client.describeUserPoolClient({ UserPoolId: owner, ClientId }).catch(ifMissing),
      ]);
      if (answer?.UserPoolClient) return { pool: described, client: answer.UserPoolClient };
      pools.delete(ClientId);
      throw noClient(ClientId);
    },

    /** Refuses a group that the pool does not have. */
    async group(UserPoolId: string, GroupName: string): Promise<void> {
      if (!(await client.getGroup({ UserPoolId, GroupName }).catch(ifMissing))) throw notThere("Group not found.");
    },

    async groups(UserPoolId: string): Promise<GroupType[]> {
      const found: GroupType[] = [];
      for await (const { Groups = [] } of paginateListGroups({ client }, { UserPoolId })) found.push(...Groups);
      return found;
    },

    /** The resource policy of a function; undefined where there is none, or no function. */
    async policy(target: Target): Promise<Policy | undefined> {
      const answer = await lambda.getPolicy(target).catch(ifMissing);
      return answer?.Policy ? JSON.parse(answer.Policy) : undefined;
    },

    invoke: (target: Target, event: unknown, ms: number, InvocationType: InvocationType = "RequestResponse") =>
      oneOfFew(() =>
        lambda.invoke(
          { ...target, InvocationType, Payload: Buffer.from(JSON.stringify(event)) },
          { abortSignal: AbortSignal.timeout(ms) },
        ),
      ),

    /** Sends a mail. */
    send: (Source = defaultSender, to: string, subject: string, body: string) =>
      ses.sendEmail({
        Source,
        Destination: { ToAddresses: [to] },
        Message: { Subject: { Data: subject }, Body: { Html: { Data: body } } },
      }),

    /** Sends a text message. */
    publish: (PhoneNumber: string, Message: string) => sns.publish({ PhoneNumber, Message }),

    encrypt: encryptor(config),

    verifySender: (EmailAddress: string) => ses.verifyEmailIdentity({ EmailAddress }),

    /** Puts a user into the emulator for the length of `work`, silently; see authorize.ts for why. */
    async withStandIn<T>(UserPoolId: string, Username: string, work: () => Promise<T>): Promise<T> {
      const standIn = { UserPoolId, Username };
      await client.adminCreateUser({ ...standIn, MessageAction: "SUPPRESS" }).catch(() => {});
      try {
        return await work();
      } finally {
        await client.adminDeleteUser(standIn).catch(() => {});
      }
    },
  };
}

const missing = "ResourceNotFoundException";
const notThere = (message: string) => refusal(missing, message);
const noClient = (id: string) => notThere(`User pool client ${id} does not exist.`);

/** Makes nothing of the answer that something is not there; every other failure stays one. */
function ifMissing(error: Error): undefined {
  if (error.name !== missing) throw error;
}
