import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildClient, CommitmentPolicy, getClient, KMS, KmsKeyringNode } from "@aws-crypto/client-node";
import { encryptor } from "../../../gateway/emulator/encryption";

// It is about versions of the AWS SDK from 2027 on, and ours is pinned.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const key = "arn:aws:kms:eu-west-1:000000000000:key/00000000-0000-0000-0000-000000000000";

/** As much of KMS as a data key needs: its wrapped form is itself. */
const kms = createServer(async (incoming, outgoing) => {
  let body = "";
  for await (const chunk of incoming) body += chunk;
  const { CiphertextBlob = Buffer.alloc(32, 7).toString("base64") } = JSON.parse(body);
  outgoing.end(JSON.stringify({ KeyId: key, CiphertextBlob, Plaintext: CiphertextBlob }));
});
beforeAll(() => new Promise<void>((resolve) => void kms.listen(0, "127.0.0.1", resolve)));
afterAll(() => void kms.close());

it("a secret comes out again where the Encryption SDK and the key are, with the pool beside it", async () => {
  const config = {
    endpoint: `http://127.0.0.1:${(kms.address() as AddressInfo).port}`,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const message = await encryptor(config)(key, "123456", { "userpool-id": "eu-west-1_abc" });
  const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
  const keyring = new KmsKeyringNode({ keyIds: [key], clientProvider: getClient(KMS, config) });
  const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(message, "base64"));
  expect(plaintext.toString()).toBe("123456");
  expect(messageHeader.encryptionContext).toMatchObject({ "userpool-id": "eu-west-1_abc" });
});
