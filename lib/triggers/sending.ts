import { SettingsError } from "../checked-settings";
import { addressOf } from "../mail-settings";
import type { Permission } from "../permission";
import type { PoolShape } from "../pool-shape";
import { isPublic } from "../public-address";
import type { PoolResources, TriggerResources } from "./resources";
import type { Pool } from "./trigger";

// Checks and permissions that several triggers that send or write messages share.

/** The service or webhook that gets a custom sender's messages. */
export type Through =
  | { readonly service: string }
  | { readonly webhook: { readonly url: string; readonly secretParameter: string } };

/** The condition that Cognito encrypted the code for this pool. */
export const encryptedFor = ({ id }: Pool) => [
  { test: "StringEquals", variable: "kms:EncryptionContext:userpool-id", values: [id] },
];

export const sendMail = ({ from, arn }: TriggerResources["mailIdentity"]): Permission => ({
  name: "send-mail",
  actions: ["ses:SendEmail"],
  on: { resources: [arn] },
  condition: [{ test: "StringEquals", variable: "ses:FromAddress", values: [addressOf(from)] }],
});

/** The permissions of a custom sender: to decrypt codes of its pool, and to send through the service or the webhook. */
export function senderPermissions(
  {
    pool,
    codeKey,
    arnOf,
  }: Pick<TriggerResources, "codeKey"> & { readonly pool: Pool; readonly arnOf: PoolResources["arnOf"] },
  through: Through,
  useService: Permission,
): Permission[] {
  return [
    { name: "read-codes", actions: ["kms:Decrypt"], on: { resources: [codeKey.arn] }, condition: encryptedFor(pool) },
    "webhook" in through
      ? {
          name: "read-webhook-secret",
          actions: ["ssm:GetParameter"],
          on: { resources: [arnOf("ssm", `parameter${through.webhook.secretParameter}`)] },
        }
      : useService,
  ];
}

/** The settings of the pool's `messages` that a handler needs to write messages. */
export const wording = ({ messages }: PoolShape) =>
  messages && { appName: messages.appName, defaultLanguage: messages.defaultLanguage };

/** @throws SettingsError when the pool has no `messages` */
export function requireWording({ id, messages }: PoolShape, where: string): void {
  if (messages) return;
  throw new SettingsError(
    `${where} writes messages, which contain the app's name: add messages to ${id}, with an appName.`,
  );
}

/** @throws SettingsError when people of the pool have no address */
export function requireAddresses({ id, signIn }: PoolShape, where: string): void {
  if (signIn !== "username") return;
  throw new SettingsError(
    `${where} sends mail, but people of this pool have no address: leave it out, or set ${id}.signIn to another way.`,
  );
}

/** @throws SettingsError when the environment has no SES identity in the functions' Region */
export function requireSes({ environment: { name, region, mail } }: PoolShape, where: string): void {
  if (mail.sender !== "ses") {
    throw new SettingsError(
      `${where} sends mail through SES: set environments.${name}.mail.sender to "ses", with its identityArn and from.`,
    );
  }
  const [, , , of] = mail.identityArn.split(":");
  if (of !== region) {
    throw new SettingsError(
      `${where} sends mail through SES in ${region}, but environments.${name}.mail.identityArn is of ${of}: name an identity of ${region}.`,
    );
  }
}

/** @throws SettingsError when the webhook cannot be reached, or when nobody would notice a failure */
export function requireReceiver(through: Through, { environment }: PoolShape, where: string): void {
  // In AWS, localhost is the machine of the function itself, and no receiver runs there.
  const url = "webhook" in through && environment.stage !== "local" ? through.webhook.url : undefined;
  if (url !== undefined && !(url.startsWith("https:") && isPublic(url))) {
    throw new SettingsError(
      `${where}.through.webhook.url is "${url}", which only the local environment can reach: give an https address of a public host.`,
    );
  }
  // Cognito does not see a sender's failure, so the alarm is the only sign of it.
  if (environment.stage === "live" && !environment.alarmTopic) {
    throw new SettingsError(
      `${where} may fail without a notification, in an environment with real users: set environments.${environment.name}.alarmTopic to the ARN of an SNS topic that somebody reads.`,
    );
  }
}
