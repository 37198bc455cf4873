import type { Environment } from "../lib/environments";

/** The settings of an AWS client: the local endpoint, or your own AWS credentials. */
export const connection = ({ region, endpoint }: Environment) => ({
  region,
  ...(endpoint && { endpoint, credentials: { accessKeyId: "test", secretAccessKey: "test" } }),
});
