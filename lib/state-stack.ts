import { join, relative } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "./environments";
import { PrivateBucket } from "./private-bucket";
import { awsProvider, bucketName, TERRAFORM_VERSION } from "./terraform";

/**
 * What must be there before an environment's first deployment: a bucket for Terraform's state, and one of its own for
 * the functions' code, so that who may read state and who may read code stay two questions.
 */
export class StateStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const disposable = environment.stage === "local";

    this.addOverride("terraform.required_version", TERRAFORM_VERSION);
    awsProvider(this, environment);
    new LocalBackend(this, { path: stateFile(scope, id, environment.stateFolder) });

    for (const purpose of ["state", "code"] as const) {
      new PrivateBucket(this, purpose, {
        bucketName: bucketName(environment, purpose),
        disposable,
      });
    }
  }
}

/** The state's file, relative to the folder in which Terraform runs: an absolute path would differ on every machine. */
function stateFile(scope: Construct, stack: string, stateFolder: string): string {
  const workingFolder = App.isApp(scope) ? join(scope.outdir, "stacks", stack) : ".";
  return relative(workingFolder, join(stateFolder, `${stack}.tfstate`));
}
