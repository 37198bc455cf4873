import type { CognitoUserPoolSmsConfiguration } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { Environment } from "./environments";
import { textMessagesRoleName } from "./names";
import { cognitoForPools, policyDocument } from "./policy-document";
import { keepName, newNameAtReplacement } from "./replacement";

/**
 * The Region from which a pool's text messages are sent, where it is another one than the pool's.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SmsConfigurationType.html
 */
const SNS_REGION: Readonly<Record<string, string>> = { "ap-northeast-2": "ap-northeast-1" };

export interface TextMessagesProps {
  readonly environment: Environment;
  /** The pool's name. The role's name begins with it. */
  readonly name: string;
}

/** Phone numbers have no ARN, so this is everything but topics. */
export const PHONE_NUMBERS = { notResources: ["arn:aws:sns:*:*:*"] };

/**
 * The role with which Cognito sends a pool's text messages. Cognito can use it only for pools of this account and
 * Region, and only to send to phone numbers.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-sms-settings.html
 */
export class TextMessages extends Construct {
  readonly configuration: CognitoUserPoolSmsConfiguration;
  /** What the role may do. It must exist before the pool uses the role. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, { environment, name }: TextMessagesProps) {
    super(scope, id);
    const { principals, condition } = cognitoForPools(environment);
    // Cognito requires an external id. It prevents that another customer's pool uses the role.
    const externalId = name;
    const role = new IamRole(this, "role", {
      name: newNameAtReplacement(textMessagesRoleName(name)),
      lifecycle: keepName("name"),
      assumeRolePolicy: policyDocument(this, "assume-document", [
        {
          principals,
          actions: ["sts:AssumeRole"],
          condition: [...condition, { test: "StringEquals", variable: "sts:ExternalId", values: [externalId] }],
        },
      ]),
    });
    this.policy = new IamRolePolicy(this, "policy", {
      name: newNameAtReplacement("send-text-messages"),
      lifecycle: keepName("name"),
      role: role.name,
      policy: policyDocument(this, "policy-document", [{ actions: ["sns:Publish"], ...PHONE_NUMBERS }]),
    });
    const snsRegion = SNS_REGION[environment.region] ?? environment.region;
    this.configuration = { externalId, snsCallerArn: role.arn, snsRegion };
  }
}
