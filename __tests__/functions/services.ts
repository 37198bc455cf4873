import { randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buildClient, CommitmentPolicy, KmsKeyringNode } from "@aws-crypto/client-node";

/** The pool's key, and the pool that its messages are for. */
export const KEY_ARN = "arn:aws:kms:eu-west-1:111111111111:key/0f3c2b1a-0000-4000-8000-000000000000";
export const POOL = "eu-west-1_Example";

export interface Received {
  readonly path: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Never answers. */
  readonly hang?: boolean;
}

/**
 * AWS as the functions see it, over HTTP: a KMS that knows its own data keys, an SSM with one secret, an SES and an SNS
 * that take everything, and any other path for a webhook.
 */
export function fakeServices() {
  const received: Received[] = [];
  const planned = new Map<string, Answer>();
  const secret = { value: "" };
  const answer = (request: Received): Answer => {
    const own = planned.get(request.target);
    if (own) return own;
    if (request.target === "TrentService.Decrypt") return decryptDataKey(request.body);
    if (request.target === "AmazonSSM.GetParameter") {
      return { body: JSON.stringify({ Parameter: { Value: secret.value } }) };
    }
    return { body: "{}" };
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const path = incoming.url ?? "";
      const action = new URLSearchParams(body).get("Action");
      const target = String(incoming.headers["x-amz-target"] ?? action ?? path);
      received.push({ path, target, headers: incoming.headers, body });
      const {
        status = 200,
        headers,
        body: text = "",
        hang,
      } = answer({ path, target, headers: incoming.headers, body });
      if (!hang) outgoing.writeHead(status, headers).end(text);
    });
  });
  const address = () => `http://localhost:${(server.address() as AddressInfo).port}`;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: address(),
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
    });
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    received.length = 0;
    planned.clear();
    secret.value = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  });

  return {
    address,
    secret,
    /** What was asked of a service, named by its target, action or path. */
    received: (target: string) => received.filter((request) => request.target === target),
    /** What was asked of any, but for the decryption of a code. */
    sent: () => received.filter(({ target }) => !/Decrypt|GetParameter/.test(target)),
    answer: (target: string, answer: Answer) => planned.set(target, answer),
    forget: () => {
      received.length = 0;
    },
  };
}

interface DataKey {
  readonly keyId: string;
  readonly key: string;
  readonly context: unknown;
}

const SES = "/v2/email/outbound-emails";

/** The names by which the fake services know what is asked of them. */
export const TARGETS = { ses: SES, sns: "Publish", kms: "TrentService.Decrypt", ssm: "AmazonSSM.GetParameter" };

/** As KMS does: only under the key and with the context that it was made with. */
function decryptDataKey(body: string): Answer {
  const { KeyId, CiphertextBlob, EncryptionContext } = JSON.parse(body);
  const { keyId, key, context }: DataKey = JSON.parse(Buffer.from(CiphertextBlob, "base64").toString());
  const isRight = KeyId === keyId && JSON.stringify(sorted(EncryptionContext)) === JSON.stringify(sorted(context));
  if (!isRight) return { status: 400, body: JSON.stringify({ __type: "InvalidCiphertextException" }) };
  return { body: JSON.stringify({ KeyId, Plaintext: key }) };
}

const sorted = (context: unknown) => Object.entries(context as object).sort();

/** The same KMS, as the encrypting side sees it. */
const kms = {
  generateDataKey: async ({ KeyId, NumberOfBytes = 32, EncryptionContext = {} }: KmsRequest) => {
    const key = new Uint8Array(randomBytes(NumberOfBytes));
    const dataKey: DataKey = {
      keyId: KeyId,
      key: Buffer.from(key).toString("base64"),
      context: EncryptionContext,
    };
    return { KeyId, Plaintext: key, CiphertextBlob: new Uint8Array(Buffer.from(JSON.stringify(dataKey))) };
  },
  encrypt: () => Promise.reject(new Error("not needed")),
  decrypt: () => Promise.reject(new Error("not needed")),
};

interface KmsRequest {
  readonly KeyId: string;
  readonly NumberOfBytes?: number;
  readonly EncryptionContext?: Record<string, string>;
}

/** A code as Cognito puts it into a sender's event: without key commitment, and bound to its pool. */
export async function encrypted(code: string, { pool = POOL, keyArn = KEY_ARN } = {}): Promise<string> {
  const { encrypt } = buildClient(CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT);
  const keyring = new KmsKeyringNode({ generatorKeyId: keyArn, clientProvider: () => kms });
  const { result } = await encrypt(keyring, code, { encryptionContext: { "userpool-id": pool } });
  return result.toString("base64");
}
