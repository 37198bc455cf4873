import type { ProviderSource } from "./providers";
import { SCRATCH } from "./scratch";
import { endpointAt, REGION } from "./settings";

/** What makes cdktf, Terraform and the AWS tools talk to the local cloud, and to no other. */
export function cloudEnvironment(port: number, source: ProviderSource): Record<string, string> {
  return {
    ENVIRONMENT: "local",
    LOCAL_PORT: String(port),
    LOCAL_DIR: SCRATCH,
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

/** A profile or a Terraform workspace of the person who runs us would lead away from here. */
export function withoutOtherClouds(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const leadsAway = /^(AWS_|TF_(WORKSPACE|DATA_DIR|CLI_ARGS|VAR_|LOG))/;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !leadsAway.test(name)));
}
