import { randomBytes } from "node:crypto";
import { AlgorithmSuiteIdentifier, buildClient, CommitmentPolicy, KmsKeyringNode } from "@aws-crypto/client-node";
import { sealed } from "./fake-services";

/** The pool's key, and the pool that its messages are for. */
export const KEY_ARN = "arn:aws:kms:eu-west-1:111111111111:key/0f3c2b1a-0000-4000-8000-000000000000";
export const POOL = "eu-west-1_Example";

interface DataKeyRequest {
  readonly KeyId: string;
  readonly NumberOfBytes?: number;
  readonly EncryptionContext?: Record<string, string>;
}

/** The fake's KMS, as the encrypting side sees it. */
const kms = {
  generateDataKey: async ({ KeyId, NumberOfBytes = 32, EncryptionContext = {} }: DataKeyRequest) => {
    const key = new Uint8Array(randomBytes(NumberOfBytes));
    const blob = sealed({ KeyId, Plaintext: Buffer.from(key).toString("base64"), EncryptionContext });
    return { KeyId, Plaintext: key, CiphertextBlob: new Uint8Array(Buffer.from(blob, "base64")) };
  },
  encrypt: () => Promise.reject(new Error("not needed")),
  decrypt: () => Promise.reject(new Error("not needed")),
};

/**
 * A code as Cognito puts it into a sender's event: without key commitment, and bound to its pool. Cognito also signs it.
 * To read a signature takes longer than all else in a test, so only what is about it has one.
 */
export async function encrypted(code: string, { pool = POOL, keyArn = KEY_ARN, signed = false } = {}): Promise<string> {
  const { encrypt } = buildClient(CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT);
  const keyring = new KmsKeyringNode({ generatorKeyId: keyArn, clientProvider: () => kms });
  const suiteId = signed
    ? AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384
    : AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA256;
  const { result } = await encrypt(keyring, code, { suiteId, encryptionContext: { "userpool-id": pool } });
  return result.toString("base64");
}
