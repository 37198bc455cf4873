import { REGION } from "./settings";

/** Headers of a call to the emulator as its root, whose signature it does not check. */
export function asRoot(service: string): Record<string, string> {
  const scope = `test/20200101/${REGION}/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
  };
}
