import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { Environment } from "./environments";
import { cognitoForPools, policyDocument } from "./policy-document";
import type { ScanExceptions } from "./scan-exceptions";

export interface CodeKeyProps {
  readonly environment: Environment;
  /** The name of the pool, such as `identity-prod-verified`. */
  readonly name: string;
}

const KEY_POLICY_EXCEPTIONS: ScanExceptions = {
  CKV_AWS_109: "It is the policy of a key: without this statement nobody could administer the key any more.",
  CKV_AWS_111: "It is the policy of a key: the account's IAM policies decide who writes with it.",
  CKV_AWS_356: 'It is the policy of a key, in which "*" is that key alone.',
};

/**
 * The KMS key of one pool's codes. Cognito encrypts the codes for custom senders with it, and passwordless sign-in
 * encrypts the codes that it stores. The key is symmetric and rotates every year.
 *
 * Custom senders require that Cognito can create grants for itself. The pool needs the key before it has an ARN, so the
 * policy allows every pool of this account and Region. IAM policies decide who administers the key.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html
 */
export class CodeKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, name }: CodeKeyProps) {
    super(scope, id);
    const { account, stage } = environment;
    const key = new KmsKey(this, "key", {
      description: `Codes of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: stage === "local" ? 7 : 30,
      policy: policyDocument(
        this,
        "key-document",
        [
          {
            sid: "Administrators",
            principals: [{ type: "AWS", identifiers: [`arn:aws:iam::${account}:root`] }],
            actions: ["kms:*"],
            resources: ["*"],
          },
          {
            sid: "CognitoEncryptsCodes",
            ...cognitoForPools(environment),
            actions: ["kms:CreateGrant"],
            resources: ["*"],
          },
        ],
        KEY_POLICY_EXCEPTIONS,
      ),
      lifecycle: { preventDestroy: stage !== "local" },
    });
    this.arn = key.arn;
  }
}
