import { buildClient, CommitmentPolicy, getClient, KMS, KmsKeyringNode } from "@aws-crypto/client-node";

/** The endpoint and the credentials of KMS. */
type Config = ConstructorParameters<typeof KMS>[0];

const { encrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);

/**
 * Encrypts as Cognito does for custom senders: an AWS Encryption SDK message under a KMS key, in base64.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html
 */
export const encryptor =
  (config: Config) =>
  async (generatorKeyId: string, plaintext: string, encryptionContext: Record<string, string>): Promise<string> => {
    const keyring = new KmsKeyringNode({ generatorKeyId, clientProvider: getClient(KMS, config) });
    const { result } = await encrypt(keyring, plaintext, { encryptionContext });
    return result.toString("base64");
  };
