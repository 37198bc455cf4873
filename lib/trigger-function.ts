import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { Construct } from "constructs";
import { SETTINGS_VARIABLE } from "../functions/shared/settings-object";
import { RUNTIME } from "./bundle";
import { SettingsError } from "./checked-settings";
import type { DeadLetters } from "./dead-letters";
import type { CodeLocation } from "./function-code";
import type { Permission } from "./permission";

export interface TriggerFunctionProps {
  /** The function's name, and its role's and log group's. */
  readonly functionName: string;
  readonly code: CodeLocation;
  /** What its handler reads, checked already. */
  readonly settings: unknown;
  /**
   * Where the events go that it could not handle, if it is called without anybody waiting for the answer.
   * @default nowhere: somebody waits
   */
  readonly deadLetters?: DeadLetters;
}

/** Lambda takes no more than this for all environment variables together. */
const ENVIRONMENT_BYTES = 4096;

/** Cognito waits no longer for an answer. */
const COGNITO_SECONDS = 5;

/** Nobody waits for a sender: a call of each of KMS, SSM and a slow webhook fit in. */
const SENDER_SECONDS = 15;

/** A code that resets a password is good for an hour; to send it later would help nobody. */
const CODE_SECONDS = 3600;

/** A pool calls its function until the pool itself has been changed, so the function must be there until then. */
const lifecycle = { createBeforeDestroy: true };

/**
 * The function of one trigger of one pool, with a role that may write to the function's own log and nothing else.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export class TriggerFunction extends Construct {
  readonly arn: string;
  readonly functionName: string;
  readonly logGroupName: string;
  private readonly roleName: string;

  /** @throws SettingsError when the settings are more than Lambda holds */
  constructor(scope: Construct, id: string, { functionName, code, settings, deadLetters }: TriggerFunctionProps) {
    super(scope, id);
    const variables = { [SETTINGS_VARIABLE]: JSON.stringify(settings) };
    const bytes = Buffer.byteLength(SETTINGS_VARIABLE + variables[SETTINGS_VARIABLE]);
    if (bytes > ENVIRONMENT_BYTES) {
      throw new SettingsError(
        `The settings of ${functionName} take ${bytes} bytes, but Lambda holds ${ENVIRONMENT_BYTES}: shorten its lists.`,
      );
    }

    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: 30,
      lifecycle,
    });
    const role = new IamRole(this, "role", {
      name: functionName,
      assumeRolePolicy: policy({
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      lifecycle,
    });
    this.roleName = role.name;
    const writeLog = this.allow("log-policy", {
      name: "write-own-log",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      on: { Resource: `${logGroup.arn}:*` },
    });
    // Lambda looks for this right when it makes the function.
    const keepEvents = deadLetters && [
      this.allow("keep-dead-letters", {
        name: "keep-dead-letters",
        actions: ["sqs:SendMessage"],
        on: { Resource: deadLetters.arn },
      }),
    ];
    const lambda = new LambdaFunction(this, "function", {
      functionName,
      role: role.arn,
      runtime: RUNTIME,
      architectures: ["arm64"],
      handler: "index.handler",
      ...code,
      timeout: deadLetters ? SENDER_SECONDS : COGNITO_SECONDS,
      memorySize: 256,
      environment: { variables },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      deadLetterConfig: deadLetters && { targetArn: deadLetters.arn },
      dependsOn: [writeLog, ...(keepEvents ?? [])],
      lifecycle,
    });
    if (deadLetters) {
      new LambdaFunctionEventInvokeConfig(this, "retries", {
        functionName: lambda.functionName,
        maximumRetryAttempts: 2,
        maximumEventAgeInSeconds: CODE_SECONDS,
      });
    }
    this.arn = lambda.arn;
    this.functionName = lambda.functionName;
    this.logGroupName = logGroup.name;
  }

  /**
   * Lets the function do something more, on exactly one resource. The policy is a resource of its own, since one that names
   * the function's own pool may come only after the pool, which comes after the function.
   */
  allow(id: string, { name, actions, on, condition }: Permission): IamRolePolicy {
    return new IamRolePolicy(this, id, {
      name,
      role: this.roleName,
      policy: policy({ Action: actions, ...on, ...(condition && { Condition: condition }) }),
      lifecycle,
    });
  }
}

/** A policy of one statement that allows. */
function policy(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}
