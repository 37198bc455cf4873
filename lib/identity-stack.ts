import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BlockList } from "./block-list";
import type { Environment } from "./environments";
import { FunctionCode } from "./function-code";
import { bucketName } from "./names";
import { outputPools } from "./pool-outputs";
import { awsProvider, requireTerraformVersion, s3Backend } from "./terraform";
import { UserPool } from "./user-pool";

/** The user pools of an environment, and what Cognito calls when people sign up and sign in. */
export class IdentityStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { packaging, access, identityProviders, linking, customDomain } = environment;

    requireTerraformVersion(this);
    awsProvider(this, environment);
    if (packaging === "archive") new ArchiveProvider(this, "archive");
    s3Backend(this, environment, id);

    const code = new FunctionCode(this, "code", {
      bucket: bucketName(environment, "code"),
      packaging,
    });

    const blockList = new BlockList(this, "block-list", environment);

    new UserPool(this, "verified", {
      environment,
      code,
      signIn: "email",
      access,
      blockList,
      identityProviders,
      customDomain,
      triggers: linking && { preSignUp: { linking } },
    });

    new UserPool(this, "anonymous", {
      environment,
      code,
      signIn: "username",
      triggers: { preSignUp: { autoConfirm: "everyone", anonymous: true } },
    });

    outputPools(this);
  }
}
