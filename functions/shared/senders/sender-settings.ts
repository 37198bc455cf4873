import { z } from "zod";
import type { Access } from "../access";
import type { Wording } from "../messages/messages-settings";
import { parameterName } from "../parameter-name";
import { settingsObject } from "../settings-object";

/**
 * The AWS service or the webhook that gets a custom sender's messages. Messages to a webhook are signed as Standard
 * Webhooks describes. The secret is a SecureString in SSM Parameter Store: `whsec_` and 24 to 64 bytes in base64.
 */
export const throughSchema = <Service extends string>(service: Service) =>
  z.union([settingsObject({ service: z.literal(service) }), settingsObject({ webhook: webhookSchema() })], {
    error: `must be { service: "${service}" } or { webhook: { url, secretParameter } }`,
  });

const webhookSchema = () => {
  const url = "must be an https address without a password, or http on localhost";
  return settingsObject({
    url: z.url({ error: url }).regex(/^(https:\/\/|http:\/\/localhost[:/])[^@#]+$/, { error: url }),
    secretParameter: parameterName(),
  });
};

/** The settings of a sender as its function reads them. */
export interface SenderSettings extends Wording {
  readonly through: { readonly service: string } | { readonly webhook: Webhook };
  /** The ARN of the pool's key, not of an alias: synthesis adds it. */
  readonly keyArn: string;
  /** The pool's `access`, if it has one. */
  readonly access?: Access;
}

export interface Webhook {
  readonly url: string;
  readonly secretParameter: string;
}
