import { CognitoUserPool, type CognitoUserPoolLambdaConfig } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import type { PoolOutput } from "../contract/pools";
import { appClient } from "./app-client";
import type { BlockList } from "./block-list";
import { DeadLetters } from "./dead-letters";
import { APP, type Environment } from "./environments";
import type { FunctionCode } from "./function-code";
import { judged } from "./local-gaps";
import {
  type CheckedPoolSettings,
  DEFAULT_CLIENT_ATTRIBUTES,
  type PoolSettings,
  poolSettingsSchema,
} from "./pool-settings";
import { poolShape } from "./pool-shape";
import { checked } from "./settings";
import { TextMessages } from "./text-messages";
import { TriggerFunction, type TriggerFunctionProps } from "./trigger-function";
import { type TriggerResources, triggerResources } from "./trigger-resources";
import { type Trigger, type TriggerSettings, triggersOf } from "./triggers";

export interface UserPoolProps extends PoolSettings, TriggerSettings {
  readonly environment: Environment;
  /** The code of the stack's triggers. */
  readonly code: FunctionCode;
  /**
   * The block list that `access` reads too.
   * @default none
   */
  readonly blockList?: BlockList;
}

/**
 * A user pool, its app client, and its triggers, each with the permission for this pool to call it.
 *
 * What can never be changed once it is made (how people sign in, the schema, case) is decided by `signIn` and
 * `customAttributes`.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools.html
 */
export class UserPool extends Construct {
  readonly userPoolId: string;
  readonly clientId: string;
  /** What the stack gives out of it. */
  readonly output: PoolOutput;

  /** @throws SettingsError when a setting is wrong, or settings do not go together */
  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    const { environment, code, blockList, access, triggers: triggerSettings, ...poolSettings } = props;
    const settings = checked(poolSettingsSchema, poolSettings, id);
    const clientAttributes = settings.clientAttributes ?? DEFAULT_CLIENT_ATTRIBUTES[settings.signIn];
    const triggers = triggersOf(
      { access, triggers: triggerSettings },
      {
        ...settings,
        id,
        clientAttributes,
        environment,
        anonymous: triggerSettings?.preSignUp?.anonymous ?? false,
        restricted: access !== undefined || blockList !== undefined,
      },
    );

    const name = `${APP}-${environment.name}-${id}`;
    const disposable = environment.stage === "local";
    const lifecycle = { preventDestroy: !disposable };
    const resources = triggerResources(this, { environment, name, blockList });
    const functions = triggers.map((trigger) => ({
      trigger,
      fn: this.makeFunction(trigger, {
        environment,
        functionName: `${name}-${trigger.folder}`,
        code: code.of(trigger.folder),
        settings: trigger.handlerSettings(resources),
      }),
    }));
    const texts = settings.verifies?.includes("phone_number")
      ? new TextMessages(this, "text-messages", { environment, name })
      : undefined;

    const pool = new CognitoUserPool(this, "pool", {
      name,
      ...poolShape(settings, environment, texts),
      lambdaConfig: lambdaConfig(functions, resources),
      deletionProtection: disposable ? "INACTIVE" : "ACTIVE",
      lifecycle,
    });
    for (const { trigger, fn } of functions) {
      new LambdaPermission(this, `${trigger.folder}-permission`, {
        action: "lambda:InvokeFunction",
        functionName: fn.functionName,
        principal: "cognito-idp.amazonaws.com",
        sourceArn: pool.arn,
        sourceAccount: environment.account,
        lifecycle: { createBeforeDestroy: true },
      });
      for (const { name, actions, on, when } of trigger.grants(resources)) {
        fn.allow(name, {
          name,
          actions,
          on: on === "user-pool" ? { Resource: pool.arn } : on,
          condition: when && judged(when(pool.id), environment),
        });
      }
      if (trigger.heldToAccess) blockList?.countFailures(fn);
      trigger.inPool(this, pool.id, lifecycle);
    }
    if (environment.domainPrefix) {
      const domain = `${environment.domainPrefix}-${id}`;
      new CognitoUserPoolDomain(this, "domain", { userPoolId: pool.id, domain });
    }
    const client = new CognitoUserPoolClient(this, "client", {
      name,
      userPoolId: pool.id,
      ...appClient(settings, clientAttributes, environment),
      lifecycle,
    });
    this.userPoolId = pool.id;
    this.clientId = client.id;
    this.output = {
      userPoolId: pool.id,
      clientId: client.id,
      ...howPeopleComeIn({ ...settings, clientAttributes }, triggerSettings),
    };
  }

  private makeFunction(
    { folder, sender }: Trigger,
    props: TriggerFunctionProps & Pick<UserPoolProps, "environment">,
  ): TriggerFunction {
    const deadLetters = sender ? new DeadLetters(this, `${folder}-dead-letters`, props) : undefined;
    return new TriggerFunction(this, folder, { ...props, deadLetters });
  }
}

/**
 * What the pool calls. Never left out, even empty: the provider takes a missing block for "as it was", and a pool that
 * lost its last trigger would go on calling a function that is gone.
 */
function lambdaConfig(
  functions: readonly { trigger: Trigger; fn: TriggerFunction }[],
  resources: TriggerResources,
): CognitoUserPoolLambdaConfig {
  const attached = functions.filter(({ trigger }) => trigger.attached);
  return Object.assign(
    {},
    ...attached.map(({ trigger, fn }) => trigger.attach(fn.arn)),
    attached.some(({ trigger }) => trigger.sender) && { kmsKeyId: resources.codeKey.arn },
  );
}

/** What a pool's output says beside its ids. */
function howPeopleComeIn(
  { signIn, authFlows, passwordLength, ...settings }: CheckedPoolSettings,
  { preSignUp, customAuth }: NonNullable<TriggerSettings["triggers"]> = {},
): Omit<PoolOutput, "userPoolId" | "clientId"> {
  const { verifies = ["email"], clientAttributes = [] } = settings;
  const signUp = preSignUp?.attached === false ? undefined : preSignUp;
  return {
    signIn,
    verifies: signIn === "username" ? [] : verifies.filter((attribute) => clientAttributes.includes(attribute)),
    confirmsAtOnce: signUp?.autoConfirm === "everyone",
    anonymous: signUp?.anonymous ?? false,
    authFlows,
    oneTimeCode: customAuth !== undefined && customAuth.attached !== false && !customAuth.passwordFirst,
    passwordLength,
  };
}
