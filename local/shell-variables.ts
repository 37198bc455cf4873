// Terraform's variables change what it does, but for where it finds its providers: those decide whether it can start.
// With some of Python's and pip's, no Python starts, or packages are installed elsewhere.
const CLOUD_VARIABLE =
  /^(AWS_|CDKTF_|PYTHON|PIP_(USER|TARGET|PREFIX|ROOT)$|TERRAFORM_BINARY_NAME$|TF_(?!CLI_CONFIG_FILE$|PLUGIN_CACHE_|REGISTRY_))/;

/** Leaves out variables with which cdktf, Terraform or the AWS tools would use another cloud, or do something else. */
export function withoutCloudVariables(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !CLOUD_VARIABLE.test(name)));
}

/** Takes these variables away from this process, too: the AWS SDK reads them wherever it is used. */
export function forgetCloudVariables(variables = process.env): void {
  for (const name of Object.keys(variables)) {
    if (CLOUD_VARIABLE.test(name)) delete variables[name];
  }
}

/**
 * Variables of a person's shell that would lead the AWS command line, Terraform or cdktf elsewhere, although the shell
 * has the variables of the local cloud.
 */
export const LEADS_ELSEWHERE: readonly string[] = [
  "AWS_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_CA_BUNDLE",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_USE_DUALSTACK_ENDPOINT",
  "AWS_USE_FIPS_ENDPOINT",
  ...[
    ...["CLOUDWATCH", "CLOUDWATCH_LOGS", "COGNITO_IDENTITY_PROVIDER", "DYNAMODB", "IAM", "KMS", "LAMBDA", "S3"],
    ...["SECRETS_MANAGER", "SES", "SESV2", "SNS", "SQS", "SSM", "STS"],
  ].map((service) => `AWS_ENDPOINT_URL_${service}`),
  ...["", "_init", "_plan", "_apply", "_destroy", "_import"].map((command) => `TF_CLI_ARGS${command}`),
  "TF_DATA_DIR",
  "TF_WORKSPACE",
];
