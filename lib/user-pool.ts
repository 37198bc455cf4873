import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import type { PoolOutput } from "../contract/pools";
import { appClient } from "./app-client";
import { BLOCK_LIST_UNAVAILABLE, BlockList } from "./block-list";
import { checked, SettingsError, shown } from "./checked-settings";
import { DeadLetters } from "./dead-letters";
import type { Environment } from "./environments";
import { FunctionCode } from "./function-code";
import { grantable } from "./local-gaps";
import { checkedPoolId, clientName, functionName, poolMetrics, poolName } from "./names";
import { poolConfig } from "./pool-config";
import { checkDomains, hostedAddress, provideDomains } from "./pool-domains";
import { provideIdentityProviders, refuseOtherProviders } from "./pool-providers";
import { DEFAULT_CLIENT_ATTRIBUTES, type PoolSettings, poolSettingsSchema } from "./pool-settings";
import { recoversBy } from "./pool-shape";
import { type TriggerSettings, triggersOf } from "./pool-triggers";
import { checkedProviders } from "./provider-checks";
import { warnOfSettingsWithoutEffect } from "./provider-warnings";
import { takeOver } from "./renamed-pool";
import { refuseReplacement } from "./replacement";
import { TextMessages } from "./text-messages";
import { TriggerFunction, type TriggerFunctionProps } from "./trigger-function";
import { offersOneTimeCode } from "./triggers/custom-auth";
import { isAnonymous, signUpOutput } from "./triggers/pre-sign-up";
import { PoolResources } from "./triggers/resources";
import type { PoolTrigger } from "./triggers/trigger";
import { migratedRecover } from "./triggers/user-migration";

export interface UserPoolProps extends PoolSettings, TriggerSettings {
  readonly environment: Environment;
  /** The code of the stack's triggers. */
  readonly code: FunctionCode;
  /**
   * The block list that the triggers of `access` read.
   * @default none
   */
  readonly blockList?: BlockList;
}

/** The names of all settings of a pool. */
const SETTINGS = ["environment", "code", ...Object.keys(poolSettingsSchema.shape), "access", "blockList", "triggers"];

/** @throws SettingsError when a setting's name is misspelt, or what the pool is made with is missing or wrong */
function requireProps(props: UserPoolProps, id: string): UserPoolProps {
  if (typeof props !== "object" || props === null) {
    throw new SettingsError(
      `The settings of ${id} are ${props === undefined ? "missing" : shown(props)}: they must be an object with environment and code.`,
    );
  }
  const unknown = Object.keys(props).filter((name) => !SETTINGS.includes(name));
  if (unknown.length > 0) {
    throw new SettingsError(
      `${id} has no setting ${unknown.map((name) => `"${name}"`).join(", ")}; allowed are ${SETTINGS.join(", ")}.`,
    );
  }
  for (const [name, [what, isRight]] of Object.entries(MADE_ELSEWHERE)) {
    const given: unknown = props[name as keyof typeof MADE_ELSEWHERE];
    if (isRight(given)) continue;
    throw new SettingsError(
      given === undefined
        ? `${id}.${name} is missing: it must be ${what}.`
        : `${id}.${name} is ${shown(given)}, but it must be ${what}.`,
    );
  }
  return props;
}

/** What the stack makes, and its pools share. */
const MADE_ELSEWHERE: Readonly<
  Record<"environment" | "code" | "blockList", [what: string, isRight: (given: unknown) => boolean]>
> = {
  environment: [
    "the stack's environment, of lib/environments.ts",
    (given) =>
      typeof given === "object" &&
      given !== null &&
      ["name", "stage", "account", "mail"].every((name) => name in given),
  ],
  code: ["the stack's FunctionCode", (given) => given instanceof FunctionCode],
  blockList: ["the stack's BlockList", (given) => given === undefined || given instanceof BlockList],
};

/** @throws SettingsError when another construct of the stack has the id */
function freeId(scope: Construct, id: string): string {
  if (!scope.node.tryFindChild(id)) return id;
  throw new SettingsError(`${scope.node.id} already has a construct "${id}": give the pool an id of its own.`);
}

/**
 * A user pool, its app client, and its triggers, each with the permission for this pool to call it.
 *
 * `signIn` and `customAttributes` decide what can never change once the pool exists: what people sign in with, the
 * schema, and the case of user names.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools.html
 */
export class UserPool extends Construct {
  readonly userPoolId: string;
  readonly clientId: string;
  /** What the stack gives out of it. */
  readonly output: PoolOutput;

  /** @throws SettingsError when a setting is wrong, or settings contradict each other */
  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, freeId(scope, checkedPoolId(id)));
    const {
      environment,
      code,
      blockList,
      access,
      triggers: triggerSettings,
      ...poolSettings
    } = requireProps(props, id);
    const settings = checked(poolSettingsSchema, poolSettings, id);
    const clientAttributes = settings.clientAttributes ?? DEFAULT_CLIENT_ATTRIBUTES[settings.signIn];
    const triggers = triggersOf(
      { access, triggers: triggerSettings },
      {
        ...settings,
        id,
        clientAttributes,
        environment,
        anonymous: isAnonymous(triggerSettings?.preSignUp),
        legacyTable: triggerSettings?.userMigration?.table,
        hasBlockList: blockList !== undefined,
        restricted: access !== undefined || blockList !== undefined,
      },
    );

    const about = { ...settings, id, environment, clientAttributes, access, triggers: triggerSettings };
    checkDomains(about);
    const providers = settings.identityProviders && checkedProviders(settings.identityProviders, about);
    if (providers?.length) warnOfSettingsWithoutEffect(this, about);
    const namePart = settings.awsName === undefined ? id : checkedPoolId(settings.awsName, `${id}.awsName`);
    const name = poolName(environment, namePart);
    const disposable = environment.stage === "local";
    const lifecycle = { preventDestroy: !disposable };
    const resources = new PoolResources(this, { environment, name, blockList });
    const functions = triggers.map((trigger) => {
      const provided = trigger.provide(resources);
      const fn = this.makeFunction(trigger, {
        environment,
        functionName: functionName(name, trigger.folder),
        code: code.of(trigger.handler),
        settings: provided.handlerSettings,
        memory: trigger.memory,
      });
      return { ...trigger, ...provided, fn };
    });
    const texts = settings.verifies?.includes("phone_number")
      ? new TextMessages(this, "text-messages", { environment, name })
      : undefined;

    const attached = functions.filter((trigger) => trigger.attached);
    const pool = new CognitoUserPool(this, "pool", {
      name,
      ...poolConfig(settings, environment, texts),
      // Always set, even if empty: for the provider, a missing block means "no change", and a pool that loses its last
      // trigger would still call the deleted function.
      lambdaConfig: Object.assign({}, ...attached.map(({ attach, fn }) => attach(fn.arn))),
      deletionProtection: disposable ? "INACTIVE" : "ACTIVE",
      dependsOn: texts && [texts.policy],
      lifecycle,
    });
    if (texts) refuseReplacement(texts, environment, { role: texts.configuration.snsCallerArn }, [pool]);
    for (const { attachUnknown, fn } of attached) {
      for (const [slot, value] of Object.entries(attachUnknown(fn.arn)))
        pool.addOverride(`lambda_config.${slot}`, value);
    }
    for (const { folder, fn, permissions, readsAccess, metrics, addToPool } of functions) {
      const permission = new LambdaPermission(this, `${folder}-permission`, {
        action: "lambda:InvokeFunction",
        functionName: fn.functionName,
        principal: "cognito-idp.amazonaws.com",
        sourceArn: pool.arn,
        sourceAccount: environment.account,
        lifecycle: { createBeforeDestroy: true },
      });
      const rights = permissions(pool).map((right) => fn.allow(right.name, grantable(right, environment)));
      refuseReplacement(fn, environment, { function: fn.arn, role: fn.roleArn }, [permission, ...rights]);
      if (readsAccess && blockList) fn.count(BLOCK_LIST_UNAVAILABLE, blockList.name);
      for (const metric of metrics) fn.count(metric, poolMetrics(name));
      addToPool(this, pool, lifecycle);
    }
    provideDomains(this, pool, { ...settings, environment }, namePart, lifecycle);
    const client = new CognitoUserPoolClient(this, "client", {
      name: clientName(name),
      userPoolId: pool.id,
      ...appClient(settings, clientAttributes, environment),
      ...(providers && {
        supportedIdentityProviders: ["COGNITO", ...provideIdentityProviders(this, pool, providers, lifecycle)],
      }),
      lifecycle,
    });
    if (!providers) refuseOtherProviders(this, pool);
    if (settings.renamedFrom !== undefined) takeOver(this, checkedPoolId(settings.renamedFrom, `${id}.renamedFrom`));
    this.userPoolId = pool.id;
    this.clientId = client.id;
    const addresses = recoversBy(settings);
    const signUp = signUpOutput(triggerSettings?.preSignUp);
    this.output = {
      userPoolId: pool.id,
      clientId: client.id,
      signIn: settings.signIn,
      verifies: addresses.filter((attribute) => clientAttributes.includes(attribute)),
      ...signUp,
      recovers: signUp.recovers && (addresses.length === 0 || migratedRecover(triggerSettings?.userMigration)),
      authFlows: settings.authFlows,
      oneTimeCode: offersOneTimeCode(triggerSettings?.customAuth),
      passwordLength: settings.passwordLength,
      ...(settings.passwordNeeds.length > 0 && { passwordNeeds: settings.passwordNeeds }),
      ...(!settings.selfSignUp && { selfSignUp: false }),
      ...(settings.mfa !== "OFF" && { secondFactor: settings.mfa === "ON" ? "required" : "optional" }),
      ...(providers?.length &&
        !disposable && {
          hosted: hostedAddress(environment, settings.customDomain, namePart),
          providers: providers.map((provider) => provider.name),
        }),
    };
  }

  private makeFunction(
    { folder, asynchronous }: PoolTrigger,
    props: TriggerFunctionProps & Pick<UserPoolProps, "environment">,
  ): TriggerFunction {
    const deadLetters = asynchronous ? new DeadLetters(this, `${folder}-dead-letters`, props) : undefined;
    return new TriggerFunction(this, folder, { ...props, deadLetters });
  }
}
