import { REGION } from "./identifiers";

/** Headers of a call to the emulator as root. The emulator does not check the signature of root. */
export function asRoot(service: string): Record<string, string> {
  const scope = `test/20200101/${REGION}/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
  };
}
