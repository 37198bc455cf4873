import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend } from "cdktf";
import type { Construct } from "constructs";
import { APP, type Environment } from "./environments";
import { bucketName } from "./names";

// The provider and backend that all stacks of an environment share.

/** Terraform's oldest release that locks state with a file in S3. */
export const TERRAFORM_VERSION = ">= 1.10";

/** The AWS services that a stack uses. In the local environment, calls to a service without an endpoint go to AWS. */
const SERVICES = ["cloudwatch", "cognitoidp", "dynamodb", "iam", "kms", "lambda", "logs", "s3", "sqs", "sts"] as const;

/** The key pair of the local cloud's administrator. AWS refuses it. */
const LOCAL_KEYS = { accessKey: "test", secretKey: "test" };

/** The AWS provider. It refuses every account but the environment's, and tags every resource. */
export function awsProvider(scope: Construct, environment: Environment): AwsProvider {
  const { name, account, region, endpoint } = environment;
  return new AwsProvider(scope, "aws", {
    region,
    allowedAccountIds: [account],
    defaultTags: [{ tags: { app: APP, environment: name, "managed-by": "cdktf" } }],
    ...(endpoint && {
      ...LOCAL_KEYS,
      endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
      s3UsePathStyle: true,
      skipMetadataApiCheck: "true",
      skipCredentialsValidation: true,
    }),
  });
}

/** Terraform state in the environment's state bucket: encrypted, and locked by a file beside it. */
export function s3Backend(scope: Construct, environment: Environment, stack: string): S3Backend {
  const { account, region, endpoint } = environment;
  const backend = new S3Backend(scope, {
    bucket: bucketName(environment, "state"),
    key: `${stack}.tfstate`,
    region,
    encrypt: true,
    allowedAccountIds: [account],
    ...(endpoint && {
      ...LOCAL_KEYS,
      endpoints: { s3: endpoint, iam: endpoint, sts: endpoint },
      usePathStyle: true,
      skipMetadataApiCheck: true,
      skipCredentialsValidation: true,
    }),
  });
  // CDKTF 0.21 has no property for this argument.
  backend.addOverride("use_lockfile", true);
  return backend;
}
