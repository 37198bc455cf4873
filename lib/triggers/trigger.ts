import type { CognitoUserPoolLambdaConfig } from "@cdktf/provider-aws/lib/cognito-user-pool";
import type { TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import type { z } from "zod";
import type { Access } from "../../functions/shared/access";
import { checked } from "../checked-settings";
import type { Permission } from "../permission";
import type { PoolShape } from "../pool-shape";
import type { PoolResources, ResourceName, TriggerResources } from "./resources";

/** A pool that exists. */
export interface Pool {
  readonly id: string;
  readonly arn: string;
}

/** What a trigger is made of: all that there is to know of it, but for its handler. */
export interface TriggerDefinition<Schema extends z.ZodType<object>, Name extends ResourceName = never> {
  /** Its names in Cognito's spelling: one, unless several triggers share a function. */
  readonly cognitoTriggers: readonly string[];
  /** The folder of its handler in `functions/`. */
  readonly folder: string;
  /** What can be set, from the handler's folder. */
  readonly settings: Schema;
  /** Its place in the pool's `lambda_config`. */
  readonly attach: (
    functionArn: string,
    settings: z.output<Schema>,
    resources: Pick<TriggerResources, Name>,
  ) => CognitoUserPoolLambdaConfig;
  /**
   * Its place in `lambda_config`, in the names of Terraform, where the bindings do not know the slot yet. A provider
   * that does not know it either refuses it when it validates.
   * @default none: `attach` says all
   */
  readonly attachUnknown?: (functionArn: string) => Readonly<Record<string, unknown>>;
  /**
   * What it needs besides the pool. It is made before anything of the trigger is.
   * @default nothing
   */
  readonly needs?: readonly Name[];
  /**
   * Whether the pool's `access` turns it on, and its handler refuses whom `access` keeps out.
   * @default false
   */
  readonly enforcesAccess?: boolean;
  /**
   * Whether Cognito calls it without waiting for an answer. Then it has more time, and what fails is kept.
   * @default false
   */
  readonly asynchronous?: boolean;
  /**
   * Whether its bundle takes as long as all the others together, so that only a stack that has it should wait for it.
   * @default false
   */
  readonly slowToBundle?: boolean;
  /**
   * Names that people look for among the settings of a pool's triggers, each with the end of a sentence that says what
   * to use instead.
   * @default none
   */
  readonly otherNames?: Readonly<Record<string, string>>;
  /**
   * Refuses settings that do not go with the pool, with a SettingsError.
   * @param where what the sentence calls the settings, as `verified.triggers.preSignUp`
   */
  readonly check?: (settings: z.output<Schema>, pool: PoolShape, where: string, attached: boolean) => void;
  /** What its handler reads besides its own settings. */
  readonly addedSettings?: (resources: Pick<TriggerResources, Name>, pool: PoolShape) => object;
  /** What its function may do besides writing its log and reading the block list, each on exactly one thing. */
  readonly permissions?: (
    context: Pick<TriggerResources, Name> & { readonly pool: Pool; readonly arnOf: PoolResources["arnOf"] },
    settings: z.output<Schema>,
  ) => readonly Permission[];
  /** What the pool gets for it. */
  readonly addToPool?: (
    scope: Construct,
    pool: Pool,
    settings: z.output<Schema>,
    lifecycle: TerraformResourceLifecycle,
  ) => void;
}

/** How a pool's settings turn a trigger on. */
export interface TriggerOptions {
  readonly pool: PoolShape;
  /** What the sentence of an error calls the settings. */
  readonly where: string;
  /** Whether the pool calls it. */
  readonly attached: boolean;
  /** Who may come in, where somebody is kept out. */
  readonly access?: Access;
}

/** A trigger that can be turned on. */
export interface Trigger<Schema extends z.ZodType<object> = z.ZodType<object>>
  extends Pick<
    TriggerDefinition<Schema>,
    "cognitoTriggers" | "folder" | "settings" | "enforcesAccess" | "asynchronous" | "slowToBundle" | "otherNames"
  > {
  /** @throws SettingsError when a setting is wrong, or does not go with the pool */
  turnOn(given: object, options: TriggerOptions): PoolTrigger;
}

/** A trigger that a pool has. */
export interface PoolTrigger {
  readonly folder: string;
  readonly attached: boolean;
  readonly asynchronous: boolean;
  /** Whether its handler refuses whom the pool's `access` keeps out. */
  readonly enforcesAccess: boolean;
  /** Makes what it needs. */
  provide(resources: PoolResources): ProvidedTrigger;
}

/** A trigger of a pool, once what it needs is there. */
export interface ProvidedTrigger {
  /** As its handler reads them. */
  readonly handlerSettings: object;
  attach(functionArn: string): CognitoUserPoolLambdaConfig;
  attachUnknown(functionArn: string): Readonly<Record<string, unknown>>;
  permissions(pool: Pool): readonly Permission[];
  addToPool(scope: Construct, pool: Pool, lifecycle: TerraformResourceLifecycle): void;
}

/** Makes a trigger of its definition. */
export function defineTrigger<Schema extends z.ZodType<object>, Name extends ResourceName = never>(
  definition: TriggerDefinition<Schema, Name>,
): Trigger<Schema> {
  const { folder, needs = [], asynchronous = false, enforcesAccess = false } = definition;
  return {
    ...definition,
    turnOn(given, { pool, where, attached, access: poolAccess }) {
      const settings = checked(definition.settings, given, where);
      definition.check?.(settings, pool, where, attached);
      const access = enforcesAccess ? poolAccess : undefined;
      return {
        folder,
        attached,
        asynchronous,
        enforcesAccess: access !== undefined,
        provide(all) {
          const resources = all.provide(needs);
          const { blockList } = all;
          return {
            handlerSettings: {
              ...settings,
              ...definition.addedSettings?.(resources, pool),
              ...(access && { access: { ...access, blockListTable: blockList?.name } }),
            },
            attach: (arn) => definition.attach(arn, settings, resources),
            attachUnknown: (arn) => definition.attachUnknown?.(arn) ?? {},
            permissions: (made) => [
              ...(definition.permissions?.(
                { ...resources, pool: made, arnOf: (...thing) => all.arnOf(...thing) },
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
