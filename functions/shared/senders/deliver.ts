import { createHash } from "node:crypto";
import { attributesOf, type TriggerEvent, type WithMetadata } from "../event";
import { unescapeHtml } from "../messages/html";
import { languageOf } from "../messages/languages";
import { compose, type Message, type Values } from "../messages/message";
import { type Kind, kindOf } from "../messages/words";
import { decryptCode } from "./code";
import type { SenderSettings } from "./sender-settings";
import { postSigned } from "./webhook";

interface Request extends WithMetadata {
  /** `customEmailSenderRequestV1` or `customSMSSenderRequestV1`. */
  type: string;
  /** Base64 of what the AWS Encryption SDK made; the notification has none. */
  code: string | null;
}

/** Cognito expects no answer of a sender, and sends no `response` to put one in. */
export type SenderEvent<Source extends string = `${string}_${Kind}`> = TriggerEvent<Source, Request, never>;

/** How one medium reaches people. */
export interface Medium {
  readonly name: "email" | "sms";
  /** Where this user gets messages, if anywhere. */
  readonly to: string | undefined;
  /** Hands a message to the AWS service. */
  readonly send: (to: string, message: Message) => Promise<void>;
}

/**
 * Sends what a custom sender's event is about, in the user's language, through the AWS service or the webhook.
 *
 * Cognito calls a sender asynchronously, so an error reaches nobody: Lambda tries again, twice, and then the event goes
 * to the dead-letter queue. Where a try failed after the service had taken the message, as at a deadline, somebody gets
 * the same message with the same code up to three times. A webhook can tell by its id.
 * @throws Error when it was not sent, and another try may succeed or somebody has to look
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html
 */
export async function deliver(
  event: SenderEvent,
  { defaultLanguage, appName, keyArn, through }: SenderSettings,
  { name: medium, to, send }: Medium,
): Promise<void> {
  const kind = kindOf<Kind>(event.triggerSource);
  if (!kind || !to) {
    // Another try would find no more.
    console.error({ sender: "not sent", reason: kind ? `the user has no address for ${medium}` : "no trigger source" });
    return;
  }
  const attributes = attributesOf(event);
  const values = kind === "AccountTakeOverNotification" ? placeOf(attributes) : await valuesOf(event, kind, keyArn, to);
  const language = languageOf(attributes.locale, defaultLanguage);
  const message = compose(language, kind, { app: appName, ...values });
  if ("service" in through) return send(to, message);
  const id = messageId(event);
  const { subject, html, text, sms } = message;
  const content = medium === "email" ? { subject, html, text } : { text: sms };
  await postSigned(through.webhook, id, { id, kind, medium, to, language, ...content });
}

async function valuesOf(event: SenderEvent, kind: Kind, keyArn: string, to: string): Promise<Values> {
  const { code } = event.request ?? {};
  if (!code) throw new Error("the event holds no code");
  const plain = await decryptCode(code, keyArn, event.userPoolId ?? "");
  // Where people sign in with an address or number, Cognito makes up a user name, which is the `sub` and means nothing.
  const username = event.userName === attributesOf(event).sub ? to : event.userName;
  // Cognito escapes a temporary password before it encrypts it.
  return { "####": kind === "AdminCreateUser" ? unescapeHtml(plain) : plain, username: username ?? undefined };
}

/**
 * What a notification tells. It leaves out the one-click links, which programs that scan mail follow too, and so would
 * tell Cognito that somebody else's sign-in was right, with the token that they hold; and the device's name, which
 * whoever signed in can choose.
 */
function placeOf({ LOGIN_TIME, IP_ADDRESS, CITY, COUNTRY }: Record<string, string>): Values {
  return { time: LOGIN_TIME, ip: IP_ADDRESS, place: [CITY, COUNTRY].filter((part) => part).join(", ") };
}

/** The same for the same message: every encryption is another, and Lambda tries again with the same event. */
function messageId({ userPoolId, triggerSource, userName, request }: SenderEvent): string {
  const unique = [userPoolId, triggerSource, userName, request?.code ?? request?.userAttributes?.EVENT_ID];
  return `msg_${createHash("sha256").update(JSON.stringify(unique)).digest("base64url")}`;
}
