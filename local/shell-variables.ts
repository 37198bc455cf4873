// Terraform's variables change what it does, but for where it finds its providers: those decide whether it can start.
const CLOUD_VARIABLE = /^(AWS_|CDKTF_|TERRAFORM_BINARY_NAME$|TF_(?!CLI_CONFIG_FILE$|PLUGIN_CACHE_|REGISTRY_))/;

/** Leaves out variables with which cdktf, Terraform or the AWS tools would use another cloud, or do something else. */
export function withoutCloudVariables(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !CLOUD_VARIABLE.test(name)));
}
