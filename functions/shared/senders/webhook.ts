import { createHmac } from "node:crypto";
import { callService } from "../service";
import type { Webhook } from "./sender-settings";

/**
 * How long a receiver may take, in milliseconds. It is longer than for a service, because nobody waits for a sender.
 */
const DEADLINE = 5000;

/** How long the function uses a secret before it reads it again, in milliseconds. */
const SECRET_LIFETIME = 3 * 60_000;

/**
 * Posts a message to a webhook, signed: once, within the deadline.
 *
 * The receiver verifies it with a library of the Standard Webhooks, or by hand: the header `webhook-signature` is `v1,`
 * and the base64 of the HMAC-SHA256, by the secret's bytes, of `webhook-id`, `webhook-timestamp` (seconds since 1970)
 * and the body as it came, joined by full stops. Compare in constant time, refuse a timestamp more than 5 minutes away,
 * and refuse a `webhook-id` that was seen before: a repeated message has the same.
 * @throws Error when the status is not 2xx. A redirect is an error too: it would send a code to an address that is not
 * in the settings
 * @see https://www.standardwebhooks.com
 */
export async function postSigned({ url, secretParameter }: Webhook, id: string, message: object): Promise<void> {
  const secret = await readSecret(secretParameter);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const body = JSON.stringify(message);
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
    },
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(DEADLINE),
  });
  await response.body?.cancel();
  if (response.ok) return;
  // The secret may have changed, so the next try reads it again.
  secrets.delete(secretParameter);
  throw new Error(`the webhook answered ${response.status}`);
}

const secrets = new Map<string, { readonly bytes: Buffer; readonly until: number }>();

interface GetParameter {
  readonly Parameter?: { readonly Value?: string };
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
async function readSecret(Name: string): Promise<Buffer> {
  const cached = secrets.get(Name);
  if (cached && cached.until > Date.now()) return cached.bytes;
  const { Parameter } = await callService<GetParameter>("ssm", "AmazonSSM.GetParameter", {
    Name,
    WithDecryption: true,
  });
  const [, base64 = ""] = /^whsec_([\w+/-]+={0,2})$/.exec(Parameter?.Value?.trim() ?? "") ?? [];
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length < 24 || bytes.length > 64) {
    throw new Error(`the parameter ${Name} must hold whsec_ and 24 to 64 bytes in base64`);
  }
  secrets.set(Name, { bytes, until: Date.now() + SECRET_LIFETIME });
  return bytes;
}
