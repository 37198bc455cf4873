import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { Construct } from "constructs";
import { SETTINGS_VARIABLE } from "../functions/shared/settings-object";
import { SettingsError } from "./checked-settings";
import type { DeadLetters } from "./dead-letters";
import type { CodeLocation } from "./function-code";
import type { LogMetric } from "./log-metric";
import { functionRoleName, logGroupName, metricFilterName, policyName } from "./names";
import type { Permission } from "./permission";
import { policyDocument } from "./policy-document";
import { keepName, newNameAtReplacement } from "./replacement";
import { RUNTIME } from "./runtime";
import { exceptFromScan, type ScanExceptions } from "./scan-exceptions";

export interface TriggerFunctionProps {
  /** The beginning of the names of the function, of its role and of its log group. */
  readonly functionName: string;
  readonly code: CodeLocation;
  /** The settings for the handler, already checked. */
  readonly settings: unknown;
  /** In MB. */
  readonly memory: number;
  /**
   * The queue for events that the function could not handle. Give it if the function is asynchronous.
   * @default none: Cognito waits for the function's answer
   */
  readonly deadLetters?: DeadLetters;
}

/** Lambda's limit for all environment variables together. */
const ENVIRONMENT_BYTES = 4096;

/** The settings as long as they are once Terraform knows the key's ARN, which is longer than what stands for it. */
const withArns = (settings: string) => settings.replace(/\$\{TfToken\[[^\]]*\]\}/g, LONGEST_ARN);
const LONGEST_ARN = `arn:aws-us-gov:kms:ap-southeast-1:000000000000:key/mrk-${"0".repeat(32)}`;

/** How long Cognito waits for an answer, in seconds. */
const COGNITO_SECONDS = 5;

/** The timeout of a sender, in seconds: long enough for calls to KMS, to SSM and to a slow webhook. */
const SENDER_SECONDS = 15;

/** How long Lambda tries to deliver an event, in seconds. A code for a new password is valid for one hour. */
const CODE_SECONDS = 3600;

const LOG_EXCEPTIONS: ScanExceptions = {
  CKV_AWS_158: "CloudWatch encrypts every log with its own key, and these lines name nobody and hold no secret.",
  CKV_AWS_338: "The project stores nothing about people for longer than it is of use: 30 days for a log.",
};

const FUNCTION_EXCEPTIONS: ScanExceptions = {
  CKV_AWS_50: "A function calls at most a few services, and its log has the outcome; traces cost for each sign-in.",
  CKV_AWS_115: "A limit would refuse people when many sign in at once; Cognito's own quotas come first.",
  CKV_AWS_117:
    "It calls AWS and a webhook alone, through public endpoints; in a VPC it would start later and need a NAT.",
  CKV_AWS_173: "The variables hold settings and no secret, and Lambda encrypts them with its own key.",
  CKV_AWS_272: "The code comes from the environment's private bucket, which only the deployment writes.",
};

const SYNCHRONOUS_EXCEPTIONS: ScanExceptions = {
  CKV_AWS_116: "Cognito waits for the answer, and a failure reaches the person; Lambda keeps no event of such a call.",
};

/**
 * The function of one trigger of one pool, with a role that may write to the function's own log and nothing else.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export class TriggerFunction extends Construct {
  readonly arn: string;
  readonly roleArn: string;
  readonly functionName: string;
  private readonly logGroupName: string;
  private readonly roleName: string;

  /** @throws SettingsError when the settings are longer than Lambda's limit */
  constructor(
    scope: Construct,
    id: string,
    { functionName, code, settings, memory, deadLetters }: TriggerFunctionProps,
  ) {
    super(scope, id);
    const variables = { [SETTINGS_VARIABLE]: JSON.stringify(settings) };
    const bytes = Buffer.byteLength(SETTINGS_VARIABLE + withArns(variables[SETTINGS_VARIABLE]));
    if (bytes > ENVIRONMENT_BYTES) {
      throw new SettingsError(
        `The settings of ${functionName} take ${bytes} bytes, but Lambda holds ${ENVIRONMENT_BYTES}: shorten its lists.`,
      );
    }

    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: newNameAtReplacement(logGroupName(functionName)),
      retentionInDays: 30,
      lifecycle: keepName("name"),
    });
    const role = new IamRole(this, "role", {
      name: newNameAtReplacement(functionRoleName(functionName)),
      assumeRolePolicy: policyDocument(this, "assume-document", [
        {
          principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
          actions: ["sts:AssumeRole"],
        },
      ]),
      lifecycle: keepName("name"),
    });
    this.roleName = role.name;
    const writeLog = this.allow("log-policy", {
      name: "write-own-log",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      on: { resources: [`${logGroup.arn}:*`] },
    });
    // Lambda checks this permission when it creates the function.
    const keepEvents = deadLetters && [
      this.allow("keep-dead-letters", {
        name: "keep-dead-letters",
        actions: ["sqs:SendMessage"],
        on: { resources: [deadLetters.arn] },
      }),
    ];
    const lambda = new LambdaFunction(this, "function", {
      functionName: newNameAtReplacement(functionName),
      role: role.arn,
      runtime: RUNTIME.name,
      architectures: ["arm64"],
      handler: "index.handler",
      ...code,
      timeout: deadLetters ? SENDER_SECONDS : COGNITO_SECONDS,
      memorySize: memory,
      environment: { variables },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      deadLetterConfig: deadLetters && { targetArn: deadLetters.arn },
      dependsOn: [writeLog, ...(keepEvents ?? [])],
      lifecycle: keepName("function_name"),
    });
    exceptFromScan(logGroup, LOG_EXCEPTIONS);
    exceptFromScan(lambda, { ...FUNCTION_EXCEPTIONS, ...(!deadLetters && SYNCHRONOUS_EXCEPTIONS) });
    if (deadLetters) {
      new LambdaFunctionEventInvokeConfig(this, "retries", {
        functionName: lambda.functionName,
        maximumRetryAttempts: 2,
        maximumEventAgeInSeconds: CODE_SECONDS,
      });
    }
    this.arn = lambda.arn;
    this.roleArn = role.arn;
    this.functionName = lambda.functionName;
    this.logGroupName = logGroup.name;
  }

  /**
   * Gives the function's role one more permission, on exactly one resource. Each permission is a policy resource of its
   * own: Terraform creates the function first, then the pool, and then a policy that names the pool.
   */
  allow(id: string, { name, actions, on, condition }: Permission): IamRolePolicy {
    return new IamRolePolicy(this, id, {
      name: newNameAtReplacement(policyName(name)),
      role: this.roleName,
      policy: policyDocument(this, `${id}-document`, [{ actions, ...on, condition }]),
      lifecycle: keepName("name"),
    });
  }

  /** Counts lines of the function's log. */
  count({ name: metric, pattern }: LogMetric, namespace: string): void {
    const name = metricFilterName(metric);
    new CloudwatchLogMetricFilter(this, name, {
      name,
      logGroupName: this.logGroupName,
      pattern,
      metricTransformation: { name: metric, namespace, value: "1" },
    });
  }
}
