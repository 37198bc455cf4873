import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { Environment } from "./environments";

export interface CodeKeyProps {
  readonly environment: Environment;
  /** What it is for, as `identity-prod-verified`. */
  readonly name: string;
}

/**
 * The key of one pool's codes: Cognito encrypts with it what it hands to a custom sender, and passwordless sign-in what
 * it keeps. Symmetric, rotated every year.
 *
 * The policy is AWS's own for custom senders, but for the pool: that needs the key before it has an ARN, so any pool of
 * the account in this Region may be the source. The key's administrators are those whom IAM lets be.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html
 */
export class CodeKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, name }: CodeKeyProps) {
    super(scope, id);
    const { account, region, stage } = environment;
    const statements = [
      {
        Sid: "Administrators",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
      },
      {
        Sid: "CognitoEncryptsCodes",
        Principal: { Service: "cognito-idp.amazonaws.com" },
        Action: "kms:CreateGrant",
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:aws:cognito-idp:${region}:${account}:userpool/${region}_*` },
        },
      },
    ];
    const key = new KmsKey(this, "key", {
      description: `Codes of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: stage === "local" ? 7 : 30,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: statements.map((statement) => ({ Effect: "Allow", Resource: "*", ...statement })),
      }),
      lifecycle: { preventDestroy: stage !== "local" },
    });
    this.arn = key.arn;
  }
}
