import { REGION } from "./identifiers";
import { LOCAL_FOLDER } from "./local-folder";
import { endpointAt, type Ports } from "./ports";
import type { ProviderSource } from "./providers";

/** With these variables, cdktf, Terraform and the AWS command line use the local cloud and nothing else. */
export function localVariables({ port, webPort }: Ports, source: ProviderSource): Record<string, string> {
  return {
    ENVIRONMENT: "local",
    LOCAL_PORT: String(port),
    LOCAL_WEB_PORT: String(webPort),
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
