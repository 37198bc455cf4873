import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Construct } from "constructs";
import { SETTINGS_VARIABLE } from "../functions/shared/settings";
import { RUNTIME } from "./bundle";
import type { CodeLocation } from "./function-code";
import { SettingsError } from "./settings";

export interface TriggerFunctionProps {
  /** The function's name, and its role's and log group's. */
  readonly functionName: string;
  readonly code: CodeLocation;
  /** What its handler reads, checked by its slot. */
  readonly settings: unknown;
}

/** Lambda takes no more than this for all environment variables together. */
const ENVIRONMENT_BYTES = 4096;

/** Nothing goes before its user does: a pool calls its function until the pool itself has been changed. */
const lifecycle = { createBeforeDestroy: true };

/**
 * The function of one trigger of one pool, with a role that may write to the function's own log and nothing else.
 *
 * Cognito waits 5 s for an answer, so the function does not run longer.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export class TriggerFunction extends Construct {
  readonly arn: string;
  readonly functionName: string;
  readonly logGroupName: string;
  private readonly roleName: string;

  /** @throws SettingsError when the settings are more than Lambda holds */
  constructor(scope: Construct, id: string, { functionName, code, settings }: TriggerFunctionProps) {
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
    const logPolicy = new IamRolePolicy(this, "log-policy", {
      name: "write-own-log",
      role: role.name,
      policy: policy({
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroup.arn}:*`,
      }),
      lifecycle,
    });
    const lambda = new LambdaFunction(this, "function", {
      functionName,
      role: role.arn,
      runtime: RUNTIME,
      architectures: ["arm64"],
      handler: "index.handler",
      ...code,
      timeout: 5,
      memorySize: 256,
      environment: { variables },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      dependsOn: [logPolicy],
      lifecycle,
    });
    this.arn = lambda.arn;
    this.functionName = lambda.functionName;
    this.logGroupName = logGroup.name;
    this.roleName = role.name;
  }

  /**
   * Lets the function do something more, on exactly one resource. The policy is a resource of its own, since one that names
   * the function's own pool may come only after the pool, which comes after the function.
   */
  allow(name: string, actions: readonly string[], resource: string): void {
    new IamRolePolicy(this, name, {
      name,
      role: this.roleName,
      policy: policy({ Action: actions, Resource: resource }),
      lifecycle,
    });
  }
}

/** A policy of one statement that allows. */
function policy(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}
