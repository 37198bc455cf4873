import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import { appClient } from "./app-client";
import type { BlockList } from "./block-list";
import { APP, type Environment } from "./environments";
import type { FunctionCode } from "./function-code";
import { DEFAULT_CLIENT_ATTRIBUTES, type PoolSettings, poolSettingsSchema } from "./pool-settings";
import { poolShape } from "./pool-shape";
import { checked } from "./settings";
import { TriggerFunction } from "./trigger-function";
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
  /** The least number of characters of a password. */
  readonly passwordLength: number;

  /** @throws SettingsError when a setting is wrong, or settings do not go together */
  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    const { environment, code, blockList, access, triggers: triggerSettings, ...poolSettings } = props;
    const settings = checked(poolSettingsSchema, poolSettings, id);
    const clientAttributes = settings.clientAttributes ?? DEFAULT_CLIENT_ATTRIBUTES[settings.signIn];
    const triggers = triggersOf(
      { access, triggers: triggerSettings },
      { ...settings, id, clientAttributes },
      blockList?.tableName,
    );

    const name = `${APP}-${environment.name}-${id}`;
    const disposable = environment.stage === "local";
    const lifecycle = { preventDestroy: !disposable };
    const makeFunction = ({ folder, settings }: Trigger) =>
      new TriggerFunction(this, folder, {
        functionName: `${name}-${folder}`,
        code: code.of(folder),
        settings,
      });
    const functions = triggers.map((trigger) => ({ ...trigger, fn: makeFunction(trigger) }));

    const pool = new CognitoUserPool(this, "pool", {
      name,
      ...poolShape(settings, environment),
      // Never left out, even empty: the provider takes a missing block for "as it was", and a pool that lost its last
      // trigger would go on calling a function that is gone.
      lambdaConfig: Object.fromEntries(functions.map(({ slot, fn }) => [slot, fn.arn])),
      deletionProtection: disposable ? "INACTIVE" : "ACTIVE",
      lifecycle,
    });
    for (const { folder, fn, grants } of functions) {
      new LambdaPermission(this, `${folder}-permission`, {
        action: "lambda:InvokeFunction",
        functionName: fn.functionName,
        principal: "cognito-idp.amazonaws.com",
        sourceArn: pool.arn,
        sourceAccount: environment.account,
        lifecycle: { createBeforeDestroy: true },
      });
      for (const { name, actions, resource } of grants) {
        fn.allow(name, actions, resource === "user-pool" ? pool.arn : (blockList?.arn ?? ""));
      }
      blockList?.countFailures(fn);
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
    this.passwordLength = settings.passwordLength;
  }
}
