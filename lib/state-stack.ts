import { join, relative } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CiIdentity } from "./ci-identity";
import type { Environment } from "./environments";
import { bucketName } from "./names";
import { PrivateBucket } from "./private-bucket";
import { awsProvider, requireTerraformVersion, s3Backend } from "./terraform";

/**
 * What must exist before an environment's first deployment: a bucket for Terraform's state, one for the functions' code,
 * and CI's access, if it has one. With two buckets, access to state and access to code can be given separately. The
 * stack's own state is in that bucket, too: tools/bootstrap.ts makes the first deployment.
 */
export class StateStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const disposable = environment.stage === "local";

    requireTerraformVersion(this);
    awsProvider(this, environment);
    // The local cloud is begun anew on each machine. Everywhere else colleagues and CI need the same state.
    if (disposable) new LocalBackend(this, { path: stateFile(scope, id, environment.stateFolder) });
    else s3Backend(this, environment, id);

    for (const purpose of ["state", "code"] as const) {
      new PrivateBucket(this, purpose, {
        bucketName: bucketName(environment, purpose),
        disposable,
      });
    }
    if (environment.ci) new CiIdentity(this, "ci", { environment, ci: environment.ci });
  }
}

/** The state file, relative to Terraform's working folder, because an absolute path differs between machines. */
function stateFile(scope: Construct, stack: string, stateFolder: string): string {
  const workingFolder = App.isApp(scope) ? join(scope.outdir, "stacks", stack) : ".";
  return relative(workingFolder, join(stateFolder, `${stack}.tfstate`));
}
