import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend } from "cdktf";
import type { Construct } from "constructs";
import { APP, type Environment } from "./environments";

/** Where an environment's stacks live: names, provider and backend, the same for each of them. */

/** Terraform's oldest release that locks state with a file in S3. */
export const TERRAFORM_VERSION = ">= 1.10";

/** Services that a stack uses; on the local cloud each must be named, or its calls would go to AWS. */
const SERVICES = ["cloudwatch", "cognitoidp", "dynamodb", "iam", "kms", "lambda", "logs", "s3", "sqs", "sts"] as const;

/** A key pair that is none: the local cloud takes it for its administrator, AWS refuses it. */
const LOCAL_KEYS = { accessKey: "test", secretKey: "test" };

/** The bucket of an environment's Terraform state, or of its functions' code. */
export function bucketName({ account, name }: Environment, purpose: "state" | "code"): string {
  return `${APP}-${account}-${name}-${purpose}`;
}

/** The AWS provider: it works in the environment's account only, and tags everything. */
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
  // CDKTF 0.21 does not know this argument.
  backend.addOverride("use_lockfile", true);
  return backend;
}
