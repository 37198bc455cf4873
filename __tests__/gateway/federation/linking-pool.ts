import { decodeJwt } from "jose";
import type { LinkingSettings } from "../../../functions/pre-sign-up/linking-settings";
import { settingsSchema } from "../../../functions/pre-sign-up/settings";
import { handler } from "../../../functions/pre-sign-up/with-linking";
import { accessSchema } from "../../../functions/shared/access";
import { fakeAws } from "../../functions/fake-aws";
import { Failure } from "../../functions/fake-services";
import { captureLog } from "../../functions/handlers";
import type { TriggerEvent } from "../fake-cloud";
import { type Arrival, CALLBACK, type HostedPool, hostedPool, verifier } from "../hosted/hosted-pool";
import { POOL_ID } from "../srp-client";
import { comeThrough, type Stranger, stranger } from "./stranger";

/** The operations that the rule of pre sign-up calls. */
export const CALLS = [
  "AdminGetUser",
  "ListUsers",
  "AdminCreateUser",
  "AdminSetUserPassword",
  "AdminLinkProviderForUser",
  "AdminDisableProviderForUser",
] as const;
type Called = (typeof CALLS)[number];

export interface LinkingPoolSettings {
  readonly linking?: LinkingSettings;
  readonly signIn?: "email" | "username-or-alias";
  readonly deniedDomains?: string[];
  readonly blocked?: readonly string[];
}

type Claims = Parameters<Stranger["signIn"]>[1];

/** `Outer` is trusted for every address, `Domain` for those at example.org, `Capitals` where it says how it writes one. */
export const TRUST: LinkingSettings = {
  trust: {
    oidc: {
      Outer: { addresses: "every-address", subjects: "lower-case" },
      Domain: { addresses: { domains: ["example.org"] }, subjects: "lower-case" },
      Capitals: { addresses: "every-address", subjects: "custom:subject" },
      Nobody: { addresses: "no-address", subjects: "lower-case" },
    },
  },
};
const PROVIDERS = ["Outer", "Domain", "Capitals", "Nobody", "OuterToo", "Out", "Google", "Facebook", "LoginWithAmazon"];

/** A pool whose pre sign-up is the real function, with the gateway as the Cognito that it calls. */
export function linkingPool() {
  const log = captureLog();
  const aws = fakeAws();
  const before: Partial<Record<Called, () => Promise<unknown>>> = {};
  const denied = new Set<string>();
  const blocks: string[] = [];
  let settings: (linking: LinkingSettings) => void = () => {};
  let opened: HostedPool | undefined;
  let outer: Stranger;
  beforeAll(async () => {
    outer = await stranger();
  });
  afterAll(() => outer.close());
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  async function open({ linking = TRUST, signIn = "email", deniedDomains, blocked = [] }: LinkingPoolSettings = {}) {
    for (const name of CALLS) delete before[name];
    denied.clear();
    const access = { ...accessSchema().parse({ deniedDomains }), blockListTable: "blocks" };
    settings = (rule) => {
      process.env.SETTINGS = JSON.stringify({ ...settingsSchema().parse({ linking: rule }), signIn, access });
    };
    settings(linking);
    const AttributeMapping = {
      email: "email",
      email_verified: "email_verified",
      "custom:subject": "written",
    };
    const known = PROVIDERS.map((name) => outer.named(name, AttributeMapping));
    const pool = await hostedPool(
      {
        PreSignUp: async (event: TriggerEvent) =>
          (await handler(event as Parameters<typeof handler>[0])).response ?? {},
        PostConfirmation: () => undefined,
        PreAuthentication: () => undefined,
      },
      {
        pool: {
          ...(signIn === "email" ? { UsernameAttributes: ["email"] } : { AliasAttributes: ["email", "phone_number"] }),
          UsernameConfiguration: { CaseSensitive: false },
          AutoVerifiedAttributes: ["email"],
          SchemaAttributes: ["sub", "email", "email_verified", "custom:subject"].map((Name) => ({
            Name,
            Mutable: Name !== "sub",
          })),
        },
        client: {
          SupportedIdentityProviders: ["COGNITO", ...PROVIDERS],
          WriteAttributes: ["email", "custom:subject"],
        },
        aws: {
          groups: async () => PROVIDERS.map((name) => ({ GroupName: `${POOL_ID}_${name}` })),
          identityProvider: async (_: string, name: string) => known.find(({ ProviderName }) => ProviderName === name),
        },
      },
    );
    opened = pool;
    for (const operation of CALLS) {
      aws.serve(operation, async (input) => {
        const first = before[operation];
        delete before[operation];
        await first?.();
        if (denied.has(operation)) throw new Failure("AccessDeniedException");
        return pool.cloud.call(operation, input).catch((error: Error) => {
          throw new Failure(error.name, { message: error.message });
        });
      });
    }
    blocks.splice(0, blocks.length, ...blocked);
    aws.serve("BatchGetItem", async ({ RequestItems }) => {
      const asked: string[] = RequestItems.blocks.Keys.map(({ entry }: { entry: { S: string } }) => entry.S);
      const found = blocks.filter((entry) => asked.includes(entry));
      return { Responses: { blocks: found.map((entry) => ({ entry: { S: entry } })) } };
    });
  }

  const current = () => opened as HostedPool;
  const call = (operation: string, input: object = {}) => current().cloud.call(operation, input);
  const users = async () =>
    ((await call("ListUsers")).Users ?? []).map(({ Username, UserStatus, Attributes }) => {
      const { sub = "", ...attributes } = Object.fromEntries(Attributes.map(({ Name, Value }) => [Name, Value]));
      return { name: Username, status: UserStatus, sub, attributes };
    });

  return {
    log,
    aws,
    denied,
    open,
    call,
    users,
    /** Deploys other settings. */
    settings: (linking: LinkingSettings) => settings(linking),
    block: (entry: string) => blocks.push(entry),
    cloud: () => current().cloud,
    /** Does something right before the next such call of the function. */
    before: (operation: Called, work: () => Promise<unknown>) => {
      before[operation] = work;
    },
    /** The calls before which something is still to be done. */
    waiting: () => Object.keys(before),
    /** Somebody with a password and a proven address. @returns the `sub` */
    async owner(email: string, more: Record<string, string> = {}) {
      await current().cloud.addUser(email, { email_verified: "true", ...more });
      return (await users()).find(({ attributes }) => attributes.email === email)?.sub ?? "";
    },
    come: (claims: Claims, provider = "Outer"): Promise<Arrival> => comeThrough(current(), outer, claims, provider),
    /** Redeems the code that somebody came back with. @returns the `sub`, or why there is no code */
    async subOf({ query }: Arrival): Promise<string> {
      const code = query.get("code");
      if (!code) return query.get("error_description") ?? "";
      const { body } = await current().call("oauth2/token", {
        grant_type: "authorization_code",
        client_id: "client",
        redirect_uri: CALLBACK,
        code_verifier: verifier,
        code,
      });
      return decodeJwt(body.id_token ?? "").sub ?? "";
    },
    async password(USERNAME: string, PASSWORD: string) {
      const AuthParameters = { USERNAME, PASSWORD };
      const answer = await call("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
      return decodeJwt(answer.AuthenticationResult?.AccessToken ?? "").sub;
    },
  };
}
