import type { Environment } from "../lib/environments";

/** The sentence for a call that did not reach AWS, or had no credentials. Undefined for other errors. */
export function connectionSentence(error: unknown, environment: Environment): string | undefined {
  const { name, account, region, endpoint } = environment;
  const { code, message, name: kind }: Partial<NodeJS.ErrnoException> = Object(error);
  if (kind === "CredentialsProviderError" || kind === "TokenProviderError") {
    return `${name} needs AWS credentials of account ${account}: ${message}`;
  }
  // Codes of network errors. Codes that begin with ERR_ are Node's, for programming errors.
  if ((!code || code.startsWith("ERR_")) && kind !== "TimeoutError") return undefined;
  return endpoint
    ? `Nothing answers at ${endpoint} (${code ?? kind}): start the local cloud with npm run local, or name its port in LOCAL_PORT.`
    : `AWS in ${region} cannot be reached (${code ?? kind}).`;
}
