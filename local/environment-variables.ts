import { REGION } from "./identifiers";
import { LOCAL_FOLDER } from "./local-folder";
import { endpointAt } from "./ports";
import type { ProviderSource } from "./providers";

/** With these variables, cdktf, Terraform and the AWS command line use the local cloud and nothing else. */
export function localVariables(port: number, source: ProviderSource): Record<string, string> {
  return {
    ENVIRONMENT: "local",
    LOCAL_PORT: String(port),
    LOCAL_DIR: LOCAL_FOLDER,
    LOCAL_PACKAGING: source.packaging,
    ...source.env,
    CHECKPOINT_DISABLE: "1",
    AWS_ENDPOINT_URL: endpointAt(port),
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
}

/** Leaves out variables with which the AWS tools or Terraform would use another cloud, such as AWS_PROFILE. */
export function withoutCloudVariables(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const cloudVariable = /^(AWS_|TF_(WORKSPACE|DATA_DIR|CLI_ARGS|VAR_|LOG))/;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !cloudVariable.test(name)));
}
