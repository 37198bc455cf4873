import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, type IAspect, S3Backend, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { APP, type Environment } from "./environments";
import { bucketName } from "./names";

// The provider and backend that all stacks of an environment share.

/** Terraform's oldest release that locks state with a file in S3. */
export const TERRAFORM_VERSION = ">= 1.10";

/**
 * Requires that version of Terraform, in a file of its own beside the synthesized stack. In the stack's JSON, checkov
 * stops at it, and in its HCL, cdktf writes it wrong.
 */
export function requireTerraformVersion(stack: TerraformStack): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session) {
      synthesizer.synthesize(session);
      const { workingDirectory } = session.manifest.forStack(stack);
      const version = `terraform {\n  required_version = "${TERRAFORM_VERSION}"\n}\n`;
      writeFileSync(join(session.outdir, workingDirectory, "versions.tf"), version);
    },
  };
}

/** The AWS services that a stack uses. In the local environment, calls to a service without an endpoint go to AWS. */
const SERVICES = ["cloudwatch", "cognitoidp", "dynamodb", "iam", "kms", "lambda", "logs", "s3", "sqs", "sts"] as const;

/** The key pair of the local cloud's administrator. AWS refuses it. */
const LOCAL_KEYS = { accessKey: "test", secretKey: "test" };

/** Gives every role a permissions boundary that has none of its own. */
class PermissionsBoundary implements IAspect {
  constructor(private readonly arn: string) {}

  visit(node: IConstruct): void {
    if (node instanceof IamRole) node.permissionsBoundary = node.permissionsBoundaryInput ?? this.arn;
  }
}

/**
 * The AWS provider. It refuses every account but the environment's, tags every resource, and sets the permissions
 * boundary of the stack's roles.
 */
export function awsProvider(scope: Construct, environment: Environment): AwsProvider {
  const { name, account, region, endpoint, tags, permissionsBoundary } = environment;
  if (permissionsBoundary) Aspects.of(scope).add(new PermissionsBoundary(permissionsBoundary));
  return new AwsProvider(scope, "aws", {
    region,
    allowedAccountIds: [account],
    defaultTags: [{ tags: { app: APP, environment: name, "managed-by": "cdktf", ...tags } }],
    ...(endpoint && {
      ...LOCAL_KEYS,
      endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
      s3UsePathStyle: true,
      skipMetadataApiCheck: "true",
      skipCredentialsValidation: true,
    }),
  });
}

/**
 * Lets a stack of the local environment call a service that other stacks do not use. Elsewhere it does nothing: calls
 * go to AWS.
 */
export function reachLocally(scope: Construct, service: "secretsmanager" | "ssm"): void {
  const provider = providerOf(TerraformStack.of(scope));
  const [endpoints] = (provider?.endpoints ?? []) as Record<string, string>[];
  if (provider && endpoints?.sts) provider.endpoints = [{ ...endpoints, [service]: endpoints.sts }];
}

/** The account and the Region of a stack, by its provider. */
export function accountAndRegion(stack: TerraformStack): { account?: string; region?: string } {
  const provider = providerOf(stack);
  return { account: provider?.allowedAccountIds?.[0], region: provider?.region };
}

const providerOf = (stack: TerraformStack) =>
  stack.node.findAll().find((construct) => construct instanceof AwsProvider);

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
