// The same functions with AWS CDK: pools as many as the first argument says, into the folder that the second one names.
// The third is where AWS CDK is installed, the fourth is the project.
const { readdirSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const [, , count, outdir, installed, root] = process.argv;
const requireThere = createRequire(join(installed, "package.json"));
const {
  App,
  Stack,
  aws_cognito: cognito,
  aws_iam: iam,
  aws_lambda: lambda,
  aws_lambda_nodejs: nodejs,
} = requireThere("aws-cdk-lib");

const folders = readdirSync(join(root, "functions")).filter((folder) => folder !== "shared");
const app = new App({ outdir, analyticsReporting: false });
const stack = new Stack(app, "identity-bench");
for (let n = 0; n < Number(count); n++) {
  const pool = new cognito.UserPool(stack, `pool-${n}`, { selfSignUpEnabled: true });
  pool.addClient("client");
  for (const folder of folders) {
    const fn = new nodejs.NodejsFunction(stack, `pool-${n}-${folder}`, {
      entry: join(root, "functions", folder, "index.ts"),
      projectRoot: root,
      depsLockFilePath: join(root, "package-lock.json"),
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      bundling: { minify: true, externalModules: [] },
    });
    fn.addPermission("cognito", {
      principal: new iam.ServicePrincipal("cognito-idp.amazonaws.com"),
      sourceArn: pool.userPoolArn,
    });
  }
}
app.synth();
console.log(process.resourceUsage().maxRSS / 1024);
