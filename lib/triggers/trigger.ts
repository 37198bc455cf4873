import type { CognitoUserPoolLambdaConfig } from "@cdktf/provider-aws/lib/cognito-user-pool";
import type { TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import type { z } from "zod";
import type { Access } from "../../functions/shared/access";
import { withProviders } from "../bundle-functions";
import { checked } from "../checked-settings";
import { blockListDeadline } from "../local-gaps";
import type { LogMetric } from "../log-metric";
import type { Permission } from "../permission";
import type { PoolShape } from "../pool-shape";
import type { PoolResources, ResourceName, TriggerResources } from "./resources";

/** The attributes of a pool resource that triggers use. */
export interface Pool {
  readonly id: string;
  readonly arn: string;
}

/** Everything about a trigger except its handler. */
export interface TriggerDefinition<Schema extends z.ZodType<object>, Name extends ResourceName = never> {
  /** Cognito's names for it. There are several names if several triggers share one function. */
  readonly cognitoTriggers: readonly string[];
  /** The name of the handler's folder in `functions/`. */
  readonly folder: string;
  /**
   * Another handler in the folder, with code that only some settings need: pools without these settings do not carry
   * it.
   * @default none: `index.ts` is the handler for all settings
   */
  readonly otherHandler?: {
    /** Its file in `functions/`, without `.ts`. */
    readonly name: string;
    readonly isFor: (settings: z.output<Schema>) => boolean;
  };
  /** The schema of the trigger's settings, from the handler's folder. */
  readonly settings: Schema;
  /** The slots of the pool's `lambda_config` that the trigger sets. */
  readonly attach: (
    functionArn: string,
    settings: z.output<Schema>,
    resources: Pick<TriggerResources, Name>,
  ) => CognitoUserPoolLambdaConfig;
  /**
   * Slots of `lambda_config` that the provider's TypeScript bindings do not know yet, in Terraform's names. The AWS
   * provider itself must know them: otherwise `terraform validate` fails.
   * @default none: `attach` returns every slot
   */
  readonly attachUnknown?: (functionArn: string) => Readonly<Record<string, unknown>>;
  /**
   * The resources that the trigger needs besides the pool. They are created before the trigger's function.
   * @default none
   */
  readonly needs?: readonly Name[];
  /**
   * Whether the pool's `access` turns the trigger on, so that its handler refuses people by `access`.
   * @default false
   */
  readonly enforcesAccess?: boolean;
  /**
   * The triggers that turn this one on, because they need its checks.
   * @default none
   */
  readonly turnedOnBy?: readonly string[];
  /**
   * Whether a pool needs the trigger, whatever its `triggers` say.
   * @default no pool
   */
  readonly neededFor?: (pool: PoolShape) => boolean;
  /**
   * Whether the handler asks how a person is known to providers also in a pool without `access`.
   * @default false
   */
  readonly asksForProviders?: boolean;
  /**
   * Whether the handler checks a change of address by the pool's `access`, if the pool has it. `access` alone does not
   * turn such a trigger on.
   * @default false
   */
  readonly checksChanges?: boolean;
  /**
   * Whether Cognito calls the function without waiting for an answer. Such a function has a longer timeout, and events
   * that it cannot handle go to a dead-letter queue.
   * @default false
   */
  readonly asynchronous?: boolean;
  /**
   * Whether bundling the handler takes as long as bundling all the others together. Only a stack that has such a
   * trigger bundles it.
   * @default false
   */
  readonly slowToBundle?: boolean;
  /**
   * Wrong names that people may write in `triggers`, each with the second half of the error sentence, which says what
   * to write instead.
   * @default none
   */
  readonly otherNames?: Readonly<Record<string, string>>;
  /**
   * Throws a SettingsError if the settings do not fit the pool.
   * @param where the name of the settings in the error sentence, such as `verified.triggers.preSignUp`
   */
  readonly check?: (
    settings: z.output<Schema>,
    pool: PoolShape,
    where: string,
    more: Pick<TriggerOptions, "attached" | "memory" | "access">,
  ) => void;
  /** Settings that the handler gets in addition to those of `settings`. */
  readonly addedSettings?: (
    resources: Pick<TriggerResources, Name>,
    pool: PoolShape,
    settings: z.output<Schema>,
  ) => object;
  /** The function's permissions besides its log and the block list, each on exactly one resource. */
  readonly permissions?: (
    context: Pick<TriggerResources, Name> & {
      readonly pool: Pool;
      readonly shape: PoolShape;
      readonly arnOf: PoolResources["arnOf"];
    },
    settings: z.output<Schema>,
  ) => readonly Permission[];
  /**
   * What CloudWatch counts in the function's log.
   * @default nothing
   */
  readonly metrics?: (pool: PoolShape) => readonly LogMetric[];
  /** Adds resources to the pool, such as a group. */
  readonly addToPool?: (
    scope: Construct,
    pool: Pool,
    settings: z.output<Schema>,
    lifecycle: TerraformResourceLifecycle,
  ) => void;
}

/** What a trigger needs to know of the pool that turns it on. */
export interface TriggerOptions {
  readonly pool: PoolShape;
  /** The name of the settings in an error sentence. */
  readonly where: string;
  /** Whether the pool calls the function. */
  readonly attached: boolean;
  /** The function's memory, in MB. */
  readonly memory: number;
  /** The pool's `access`, if the pool has `access` or a block list. */
  readonly access?: Access;
}

/** A trigger that a pool can turn on. */
export interface Trigger<Schema extends z.ZodType<object> = z.ZodType<object>>
  extends Pick<
    TriggerDefinition<Schema>,
    | "cognitoTriggers"
    | "folder"
    | "otherHandler"
    | "settings"
    | "enforcesAccess"
    | "turnedOnBy"
    | "neededFor"
    | "checksChanges"
    | "asynchronous"
    | "slowToBundle"
    | "otherNames"
  > {
  /** @throws SettingsError when a setting is wrong or does not fit the pool */
  turnOn(given: object, options: TriggerOptions): PoolTrigger;
}

/** A trigger that a pool has turned on. */
export interface PoolTrigger {
  readonly folder: string;
  /** What the function runs, as `bundleFunctions` takes it. */
  readonly handler: string;
  readonly attached: boolean;
  readonly memory: number;
  readonly asynchronous: boolean;
  /** Whether the handler reads the pool's `access`, and so the block list. */
  readonly readsAccess: boolean;
  readonly metrics: readonly LogMetric[];
  /** Creates the resources in `needs`. */
  provide(resources: PoolResources): ProvidedTrigger;
}

/** A trigger of a pool whose resources exist. */
export interface ProvidedTrigger {
  /** The settings as the handler reads them. */
  readonly handlerSettings: object;
  attach(functionArn: string): CognitoUserPoolLambdaConfig;
  attachUnknown(functionArn: string): Readonly<Record<string, unknown>>;
  permissions(pool: Pool): readonly Permission[];
  addToPool(scope: Construct, pool: Pool, lifecycle: TerraformResourceLifecycle): void;
}

/** Whether the handler reads the pool's `access`, if the pool has it. */
export const canReadAccess = ({ enforcesAccess, checksChanges }: Pick<Trigger, "enforcesAccess" | "checksChanges">) =>
  !!(enforcesAccess || checksChanges);

/** Makes a trigger from its definition. */
export function defineTrigger<Schema extends z.ZodType<object>, Name extends ResourceName = never>(
  definition: TriggerDefinition<Schema, Name>,
): Trigger<Schema> {
  const { folder, otherHandler, needs = [], asynchronous = false } = definition;
  return {
    ...definition,
    turnOn(given, { pool, where, attached, memory, access: poolAccess }) {
      const settings = checked(definition.settings, given, where);
      definition.check?.(settings, pool, where, { attached, memory, access: poolAccess });
      const access = canReadAccess(definition) ? poolAccess : undefined;
      const handler = otherHandler?.isFor(settings) ? otherHandler.name : folder;
      return {
        folder,
        handler: (access || definition.asksForProviders) && pool.identityProviders ? withProviders(handler) : handler,
        attached,
        memory,
        asynchronous,
        readsAccess: access !== undefined,
        metrics: definition.metrics?.(pool) ?? [],
        provide(all) {
          const resources = all.provide(needs);
          const { blockList } = all;
          return {
            handlerSettings: {
              ...settings,
              ...definition.addedSettings?.(resources, pool, settings),
              ...(access && {
                access: {
                  ...access,
                  blockListTable: blockList?.name,
                  blockListDeadline: blockList && blockListDeadline(pool.environment),
                },
              }),
            },
            attach: (arn) => definition.attach(arn, settings, resources),
            attachUnknown: (arn) => definition.attachUnknown?.(arn) ?? {},
            permissions: (made) => [
              ...(definition.permissions?.(
                { ...resources, pool: made, shape: pool, arnOf: (...thing) => all.arnOf(...thing) },
                settings,
              ) ?? []),
              ...(access && blockList ? [blockList.readPermission] : []),
            ],
            addToPool: (scope, made, lifecycle) => definition.addToPool?.(scope, made, settings, lifecycle),
          };
        },
      };
    },
  };
}
