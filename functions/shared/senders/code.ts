import { buildDecrypt } from "@aws-crypto/decrypt-node";
import { type AwsEsdkKMSInterface, KmsKeyringClass } from "@aws-crypto/kms-keyring";
import {
  CommitmentPolicy,
  KeyringNode,
  type Newable,
  type NodeAlgorithmSuite,
} from "@aws-crypto/material-management-node";
import { callService } from "../service";

// These three packages are the parts of @aws-crypto/client-node that decryption needs. The whole package would add the
// AWS SDK's clients for KMS and DynamoDB to the bundle, which would have 1 MB instead of a third of that.

/** As AWS's own sample does: this policy takes messages without key commitment, as Cognito's are, when it decrypts. */
const { decrypt } = buildDecrypt(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);

interface Decrypted {
  readonly KeyId?: string;
  readonly Plaintext?: string;
}

const decryptOnly = () => Promise.reject(new Error("this function only decrypts"));

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
const kms: AwsEsdkKMSInterface = {
  async decrypt({ CiphertextBlob, ...request }) {
    const input = { ...request, CiphertextBlob: Buffer.from(CiphertextBlob).toString("base64") };
    const { KeyId, Plaintext } = await callService<Decrypted>("kms", "TrentService.Decrypt", input).catch(
      // The keyring hands on an error's stack alone, where the code of a service's error is not.
      (error: Error) => Promise.reject(new Error(`KMS does not decrypt: ${error.name}`)),
    );
    // The keyring overwrites it, so it must not be in memory that Node shares between buffers.
    return { KeyId, Plaintext: Uint8Array.from(Buffer.from(Plaintext ?? "", "base64")) };
  },
  encrypt: decryptOnly,
  generateDataKey: decryptOnly,
};

class KmsKeyring extends KmsKeyringClass<NodeAlgorithmSuite, AwsEsdkKMSInterface>(
  KeyringNode as Newable<KeyringNode>,
) {}

/**
 * The code or temporary password that Cognito encrypted for a custom sender with the AWS Encryption SDK.
 * @param code base64, as it stands in the event
 * @param keyArn the pool's key by its ARN: a message names its key so, never by an alias
 * @throws Error when it was not encrypted with that key for that pool
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html
 */
export async function decryptCode(code: string, keyArn: string, userPoolId: string): Promise<string> {
  const keyring = new KmsKeyring({ clientProvider: () => kms, keyIds: [keyArn] });
  const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(code, "base64"));
  // Otherwise a program that may call the function and use the key could send another pool's code to its own address.
  if (messageHeader.encryptionContext["userpool-id"] !== userPoolId) throw new Error("the code is another pool's");
  return plaintext.toString("utf8");
}
