import type {
  GetUserPoolMfaConfigResponse,
  UserPoolClientType,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { GatewayContext } from "../../gateway/context";
import { exception } from "../../gateway/exceptions";
import { findOperation } from "../../gateway/operations/lookup";
import { key, type Store } from "../../gateway/storage/store";
import type { PoolKeys } from "../../gateway/tokens/pool-keys";
import type { TriggerLog } from "../../gateway/triggers/trigger-log";
import type { Trigger } from "../../gateway/triggers/trigger-names";
import { fakeContext } from "./fake-context";
import { POOL_ID } from "./srp-client";
import { temporaryStore } from "./temporary-store";

export interface TriggerEvent {
  readonly triggerSource: string;
  readonly userName: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: Record<string, unknown>;
  readonly response: Record<string, unknown>;
}
/** What a function puts into the response; it throws like any other. */
type Handler = (event: TriggerEvent) => object | undefined | Promise<object | undefined>;
/** The parts of all answers that the tests look at. */
interface Answer {
  readonly ChallengeName?: string;
  readonly ChallengeParameters: Record<string, string>;
  readonly Session: string;
  readonly AuthenticationResult?: Readonly<Record<"AccessToken" | "IdToken" | "RefreshToken", string>>;
  readonly UserConfirmed?: boolean;
  readonly UserStatus?: string;
  readonly Username?: string;
  readonly UserMFASettingList?: readonly string[];
  readonly PreferredMfaSetting?: string;
  readonly UserLastModifiedDate?: Date;
  readonly SecretCode?: string;
  readonly Status?: string;
  readonly UserAttributes?: Attributes;
  readonly Users?: readonly {
    readonly Username: string;
    readonly UserStatus: string;
    readonly Attributes: Attributes;
  }[];
}
type Attributes = readonly { readonly Name: string; readonly Value: string }[];

export const PASSWORD = "Correct horse 1";

const KEYS = key("keys", POOL_ID);

/** The keys of a file's first pool that needed them. The others share them: making an RSA key takes most of a test. */
let firstKeys: PoolKeys | undefined;

/** One pool with one client and these functions, behind the operations as they are served. */
export interface FakeCloud {
  /** The events that the functions got, in order. */
  readonly events: TriggerEvent[];
  readonly sources: () => string[];
  /** The code in the last mail. */
  readonly code: () => string;
  readonly store: Store;
  readonly context: GatewayContext;
  call(operation: string, input?: object): Promise<Answer>;
  /** Makes a confirmed user with PASSWORD, and forgets which triggers that took. */
  addUser(Username: string, attributes?: Record<string, string>): Promise<void>;
  close(): Promise<void>;
}

export async function fakeCloud(
  functions: Partial<Record<Trigger, Handler>>,
  {
    pool = {},
    client = {},
    mfa = {},
    clients = [],
  }: {
    pool?: UserPoolType;
    client?: UserPoolClientType;
    mfa?: GetUserPoolMfaConfigResponse;
    clients?: readonly UserPoolClientType[];
  } = {},
): Promise<FakeCloud> {
  const store = await temporaryStore();
  if (firstKeys) await store.commit([[KEYS, firstKeys]]);
  const events: TriggerEvent[] = [];
  const mails: string[] = [];
  const LambdaConfig = Object.fromEntries(Object.keys(functions).map((name) => [name, `a:b:c:d:e:function:${name}`]));
  const described = { Id: POOL_ID, Arn: "arn", LambdaConfig, SchemaAttributes: schema, ...pool };
  const ExplicitAuthFlows = ["USER_PASSWORD", "ADMIN_USER_PASSWORD", "USER_SRP", "CUSTOM", "REFRESH_TOKEN"].map(
    (flow) => `ALLOW_${flow}_AUTH` as const,
  );
  const aws = {
    pool: async () => described,
    mfaConfig: async () => mfa,
    client: async (ClientId: string) => {
      const first = { ClientId: "client", ExplicitAuthFlows, ...client };
      // Where a test names no others, every id is that of the one client.
      const found = clients.length ? [first, ...clients].find((one) => one.ClientId === ClientId) : first;
      if (!found) throw exception("ResourceNotFoundException", `User pool client ${ClientId} does not exist.`);
      return { pool: described, client: found };
    },
    groups: async () => [],
    requireGroup: async () => {},
    policy: async () => ({ Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" } }),
    sendMail: async (...parts: string[]) => mails.push(parts.at(-1) ?? ""),
    invoke: async ({ FunctionName }: { FunctionName: Trigger }, sent: object) => {
      const event: TriggerEvent = JSON.parse(JSON.stringify(sent));
      events.push(event);
      try {
        const response = { ...event.response, ...(await functions[FunctionName]?.(event)) };
        return { Payload: Buffer.from(JSON.stringify({ ...event, response })) };
      } catch (error) {
        const errorMessage = (error as Error).message;
        return { Payload: Buffer.from(JSON.stringify({ errorMessage })), FunctionError: "Unhandled" };
      }
    },
  };
  const triggerLog: TriggerLog = [];
  // Which pool and app client a request is for, its operation finds out.
  const context = fakeContext({ store, aws, triggerLog, client: undefined, clientId: undefined });

  async function call(operation: string, input: object = {}): Promise<Answer> {
    const found = findOperation(operation);
    if (!found) throw new Error(`There is no ${operation}.`);
    const whose = found.signed ? { UserPoolId: POOL_ID, ClientId: "client" } : { ClientId: "client" };
    const before = triggerLog.length;
    try {
      return (await found.check({ ...whose, ...input })({ ...context, operation, signed: found.signed })) as Answer;
    } finally {
      // The table of operations says which triggers each of them runs.
      expect(found.triggers).toEqual(expect.arrayContaining(triggerLog.slice(before).map(({ trigger }) => trigger)));
    }
  }

  return {
    events,
    sources: () => events.map(({ triggerSource }) => triggerSource),
    code: () => /\d{6}/.exec(mails.at(-1) ?? "")?.[0] ?? "",
    store,
    context,
    call,
    async addUser(Username, attributes = {}) {
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      await call("AdminCreateUser", { Username, UserAttributes, MessageAction: "SUPPRESS" });
      await call("AdminSetUserPassword", { Username, Password: PASSWORD, Permanent: true });
      events.length = 0;
    },
    close() {
      firstKeys ??= store.get<PoolKeys>(KEYS);
      return store.remove();
    },
  };
}

const schema = ["sub", "email", "email_verified", "name", "phone_number"].map((Name) => ({
  Name,
  Mutable: Name !== "sub",
}));
