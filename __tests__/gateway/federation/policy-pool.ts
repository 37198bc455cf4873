import "../../functions/any-blocks";

import { handler as preAuthentication } from "../../../functions/pre-authentication";
import { handler as preSignUp } from "../../../functions/pre-sign-up";
import { handler as preTokenGeneration } from "../../../functions/pre-token-generation";
import { type AccessSettings, accessSchema } from "../../../functions/shared/access";
import { readBlocks } from "../../../functions/shared/block-list";
import { call, captureLog } from "../../functions/handlers";
import { type HostedPool, hostedPool } from "../hosted/hosted-pool";
import { comeThrough, type Stranger, stranger } from "./stranger";

type Configuration = NonNullable<Parameters<typeof hostedPool>[1]>;
interface Options extends Pick<Configuration, "pool" | "client"> {
  /** Settings of pre sign-up beside `access`. */
  readonly signUp?: object;
  /** The pool's attribute for each claim, if not the usual ones. */
  readonly mapping?: Record<string, string>;
}

/**
 * A pool with providers and `access`, made anew for each test: the gateway runs the triggers as Cognito does, and the
 * functions are the real ones.
 */
export function policyPool({ signUp = {}, mapping, pool: shape, client }: Options = {}) {
  captureLog();
  let pool: HostedPool;
  let outer: Stranger;
  let access: AccessSettings;
  let blocked: readonly string[];

  beforeAll(async () => {
    outer = await stranger();
  });
  afterAll(() => outer.close());
  beforeEach(async () => {
    access = {};
    blocked = [];
    const read = async (_: string, entries: string[]) =>
      entries.filter((entry) => blocked.includes(entry)).map((entry) => ({ entry }));
    jest.mocked(readBlocks).mockImplementation(read);
    const settings = () => ({ access: { ...accessSchema().parse(access), blockListTable: "blocks" } });
    const signUpSettings = () => ({ autoConfirm: "nobody", autoVerify: [], ...signUp, ...settings() });
    pool = await hostedPool(
      {
        PreSignUp: async (event) => (await call(preSignUp, signUpSettings(), event)).response ?? {},
        PreAuthentication: async (event) => (await call(preAuthentication, settings(), event)).response ?? {},
        PreTokenGeneration: async (event) =>
          (await call(preTokenGeneration, { eventVersion: 1, ...settings() }, event)).response ?? {},
      },
      {
        pool: shape,
        client: { SupportedIdentityProviders: ["COGNITO", "Outer", "Other"], ...client },
        aws: {
          groups: async () => [],
          identityProvider: async (_: string, name: string) => outer.named(name, mapping),
        },
      },
    );
  });
  afterEach(() => pool.close());

  return {
    /** The pool of this test. */
    opened: () => pool,
    /** Lets somebody come from the provider `Outer`. */
    come: (person: Parameters<Stranger["signIn"]>[1]) => comeThrough(pool, outer, person),
    /** Sets `access`. */
    restrict(settings: AccessSettings): void {
      access = settings;
    },
    /** Sets what the block list has. */
    block(...entries: string[]): void {
      blocked = entries;
    },
    /** Lets nobody read the block list. */
    breakBlockList(): void {
      jest.mocked(readBlocks).mockRejectedValue(new Error("down"));
    },
  };
}
