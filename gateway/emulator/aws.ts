import {
  CognitoIdentityProvider,
  type GetUserPoolMfaConfigResponse,
  type GroupType,
  type IdentityProviderType,
  paginateListGroups,
  paginateListUserPoolClients,
  paginateListUserPools,
  type UserPoolClientType,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { type InvocationType, type InvokeCommandInput, Lambda } from "@aws-sdk/client-lambda";
import { SES } from "@aws-sdk/client-ses";
import { SNS } from "@aws-sdk/client-sns";
import { exception } from "../exceptions";
import type { Policy } from "../triggers/resource-policy";
import type { EmulatorAgent } from "./agent";
import { ClientIndex, type ClientOfPool } from "./client-index";
import { encryptor } from "./encryption";
import { KeptAnswers } from "./kept-answers";
import { limit } from "./limit";

/** The sender of a pool's mails where its settings name none, as in AWS. */
export const defaultSender = "no-reply@verificationemail.com";

/** A Lambda function, and the version or alias that a pool names. */
export type FunctionName = Pick<InvokeCommandInput, "FunctionName" | "Qualifier">;

/** The calls to the emulator. It knows pools and app clients, and no users. */
export type Aws = ReturnType<typeof connect>;

/** The access key that the emulator takes for root's. It does not look at its signature. */
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
  // Cognito's own rule for attempts is in triggers/invoke-function.ts.
  const lambda = new Lambda({ ...config, maxAttempts: 1 });
  // The deadline of a function begins when it runs, and not while it waits for one of this machine's few cores.
  const whenFree = limit(16);
  const clients = new ClientIndex(() => listClients(client));
  const answers = new KeptAnswers();

  const findPool = (UserPoolId: string): Promise<UserPoolType | undefined> =>
    answers.get(`pool ${UserPoolId}`, async () => {
      const answer = await client.describeUserPool({ UserPoolId }).catch(ifMissing);
      return answer?.UserPool;
    });

  const findClient = (UserPoolId: string, ClientId: string): Promise<UserPoolClientType | undefined> =>
    answers.get(`client ${ClientId} of ${UserPoolId}`, async () => {
      const answer = await client.describeUserPoolClient({ UserPoolId, ClientId }).catch(ifMissing);
      return answer?.UserPoolClient;
    });

  async function pool(id: string): Promise<UserPoolType> {
    const found = await findPool(id);
    if (!found) throw noPool(id);
    return found;
  }

  return {
    pool,
    findPool,
    clients,
    answers,

    /** For a while, has pools and app clients read anew: a stack can change them later than its request. */
    outdate(): void {
      clients.outdate();
      answers.outdate();
    },

    /** An app client and its pool. Where `UserPoolId` is given, the app client must be one of that pool. */
    async client(ClientId: string, UserPoolId?: string): Promise<{ pool: UserPoolType; client: UserPoolClientType }> {
      const owner = UserPoolId ?? (await clients.poolOf(ClientId));
      if (!owner) throw noClient(ClientId);
      const [pool, client] = await Promise.all([findPool(owner), findClient(owner, ClientId)]);
      if (pool && client) return { pool, client };
      if (UserPoolId && !pool) throw noPool(UserPoolId);
      clients.remove(ClientId);
      throw noClient(ClientId);
    },

    /** An identity provider of a pool; undefined where the pool has none of this name. */
    async identityProvider(UserPoolId: string, ProviderName: string): Promise<IdentityProviderType | undefined> {
      const answer = await client.describeIdentityProvider({ UserPoolId, ProviderName }).catch(ifMissing);
      return answer?.IdentityProvider;
    },

    /** Which second factors a pool offers. Its description says only whether they are off, optional or required. */
    async mfaConfig(UserPoolId: string): Promise<GetUserPoolMfaConfigResponse> {
      const found = await client.getUserPoolMfaConfig({ UserPoolId }).catch(ifMissing);
      if (!found) throw noPool(UserPoolId);
      return found;
    },

    /** @throws ResourceNotFoundException where the pool has no such group */
    async requireGroup(UserPoolId: string, GroupName: string): Promise<void> {
      if (!(await client.getGroup({ UserPoolId, GroupName }).catch(ifMissing))) throw notThere("Group not found.");
    },

    async groups(UserPoolId: string): Promise<GroupType[]> {
      const found: GroupType[] = [];
      try {
        for await (const { Groups = [] } of paginateListGroups({ client }, { UserPoolId })) found.push(...Groups);
      } catch (error) {
        ifMissing(error as Error);
        // The pool was deleted while this request was served.
        throw noPool(UserPoolId);
      }
      return found;
    },

    /** The resource policy of a function; undefined where there is no policy or no function. */
    async policy(target: FunctionName): Promise<Policy | undefined> {
      const answer = await lambda.getPolicy(target).catch(ifMissing);
      return answer?.Policy ? JSON.parse(answer.Policy) : undefined;
    },

    invoke: (target: FunctionName, event: unknown, ms: number, InvocationType: InvocationType = "RequestResponse") =>
      whenFree(() =>
        lambda.invoke(
          { ...target, InvocationType, Payload: Buffer.from(JSON.stringify(event)) },
          { abortSignal: AbortSignal.timeout(ms) },
        ),
      ),

    sendMail: (Source = defaultSender, to: string, subject: string, body: string) =>
      ses.sendEmail({
        Source,
        Destination: { ToAddresses: [to] },
        Message: { Subject: { Data: subject }, Body: { Html: { Data: body } } },
      }),

    sendText: (PhoneNumber: string, Message: string) => sns.publish({ PhoneNumber, Message }),

    encrypt: encryptor(config),

    verifySender: (EmailAddress: string) => ses.verifyEmailIdentity({ EmailAddress }),

    /** Makes a user in the emulator without a message, and deletes it after `work`. See operations/authorize.ts. */
    async withTemporaryUser<T>(UserPoolId: string, Username: string, work: () => Promise<T>): Promise<T> {
      const user = { UserPoolId, Username };
      await client.adminCreateUser({ ...user, MessageAction: "SUPPRESS" }).catch(() => {});
      try {
        return await work();
      } finally {
        await client.adminDeleteUser(user).catch(() => {});
      }
    },
  };
}

/** All app clients of the emulator, pool by pool. A pool may be deleted meanwhile. */
async function* listClients(client: CognitoIdentityProvider): AsyncIterable<ClientOfPool> {
  for await (const { UserPools = [] } of paginateListUserPools({ client }, { MaxResults: 60 }))
    for (const { Id: UserPoolId = "" } of UserPools)
      try {
        for await (const { UserPoolClients = [] } of paginateListUserPoolClients(
          { client },
          { UserPoolId, MaxResults: 60 },
        ))
          for (const { ClientId = "" } of UserPoolClients) yield [ClientId, UserPoolId];
      } catch (error) {
        ifMissing(error as Error);
      }
}

const missing = "ResourceNotFoundException";
const notThere = (message: string) => exception(missing, message);
const noPool = (id: string) => notThere(`User pool ${id} does not exist.`);
const noClient = (id: string) => notThere(`User pool client ${id} does not exist.`);

/** Gives undefined for the answer that something does not exist. Other errors are thrown again. */
function ifMissing(error: Error): undefined {
  if (error.name !== missing) throw error;
}
