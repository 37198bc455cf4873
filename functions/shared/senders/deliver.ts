import { createHash } from "node:crypto";
import { isChangeRefused } from "../change-of-address";
import { attributesOf, type TriggerEvent, type WithMetadata } from "../event";
import { unescapeHtml } from "../messages/html";
import { languageOf } from "../messages/languages";
import { compose, type Message, type Values } from "../messages/message";
import { type Kind, kindOf } from "../messages/words";
import { AddressRefused } from "../service";
import { decryptCode } from "./code";
import type { SenderSettings } from "./sender-settings";
import { postSigned } from "./webhook";

interface Request extends WithMetadata {
  /** `customEmailSenderRequestV1` or `customSMSSenderRequestV1`. */
  type: string;
  /** Base64 of what the AWS Encryption SDK made; the notification has none. */
  code: string | null;
}

/** Cognito expects no answer from a sender, so the event has no `response`. */
export type SenderEvent<Source extends string = `${string}_${Kind}`> = TriggerEvent<Source, Request, never>;

/** One medium, mail or text message. */
export interface Medium {
  readonly name: "email" | "sms";
  /** The user's address or phone number, if there is one. */
  readonly to: string | undefined;
  /** Sends a message through the AWS service. */
  readonly send: (to: string, message: Message) => Promise<void>;
}

/**
 * Sends the message of a custom sender's event, in the user's language, through the AWS service or the webhook.
 *
 * Cognito calls a sender asynchronously, so nobody sees an error. Lambda tries twice more, and then the event goes to
 * the dead-letter queue. If a try fails after the service accepted the message, for example at a timeout, the user gets
 * the same message up to three times. A webhook can recognize a repeat by its id.
 *
 * It sends no code to a new address or number that `access` keeps out.
 * @throws Error when the message was not sent, so that Lambda tries again
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sender-triggers.html
 */
export async function deliver(
  event: SenderEvent,
  { defaultLanguage, appName, keyArn, through, access }: SenderSettings,
  { name: medium, to, send }: Medium,
): Promise<void> {
  const kind = kindOf<Kind>(event.triggerSource);
  if (!kind || !to) {
    // Do not throw: another try would find the same.
    console.error({ sender: "not sent", reason: kind ? `the user has no address for ${medium}` : "no trigger source" });
    return;
  }
  if (await isChangeRefused(event, access)) {
    // Without the code, nobody can verify the address. An error would only make Lambda try again.
    console.error({ sender: "not sent", reason: "access keeps the new address out" });
    return;
  }
  const attributes = attributesOf(event);
  const values = kind === "AccountTakeOverNotification" ? placeOf(attributes) : await valuesOf(event, kind, keyArn, to);
  const language = languageOf(attributes.locale, defaultLanguage);
  const message = compose(language, kind, { app: appName, ...values });
  if ("service" in through) return send(to, message).catch(giveUp);
  const id = messageId(event);
  const { subject, html, text, sms } = message;
  const content = medium === "email" ? { subject, html, text } : { text: sms };
  await postSigned(through.webhook, id, { id, kind, medium, to, language, ...content });
}

/** Nobody can mend an address that the service does not take, so it is neither tried again nor a dead letter. */
function giveUp(error: Error): void {
  if (!(error instanceof AddressRefused)) throw error;
  console.error({ sender: "not sent", reason: "the service takes no such address or number", cause: error.name });
}

async function valuesOf(event: SenderEvent, kind: Kind, keyArn: string, to: string): Promise<Values> {
  const { code } = event.request ?? {};
  if (!code) throw new Error("the event holds no code");
  const plain = await decryptCode(code, keyArn, event.userPoolId ?? "");
  // If people sign in with an address or number, the user name is the `sub`, which people do not know.
  const username = event.userName === attributesOf(event).sub ? to : event.userName;
  // Cognito escapes a temporary password before it encrypts it.
  return { "####": kind === "AdminCreateUser" ? unescapeHtml(plain) : plain, username: username ?? undefined };
}

/**
 * The values of a notification. It leaves out the one-click links: programs that scan mail follow links, and would
 * confirm to Cognito that a stranger's sign-in was right. It also leaves out the device's name, which a stranger could
 * choose.
 */
function placeOf({ LOGIN_TIME, IP_ADDRESS, CITY, COUNTRY }: Record<string, string>): Values {
  return { time: LOGIN_TIME, ip: IP_ADDRESS, place: [CITY, COUNTRY].filter((part) => part).join(", ") };
}

/** The same id for every try of one message: Lambda repeats the same event, and no two messages have the same code. */
function messageId({ userPoolId, triggerSource, userName, request }: SenderEvent): string {
  const unique = [userPoolId, triggerSource, userName, request?.code ?? request?.userAttributes?.EVENT_ID];
  return `msg_${createHash("sha256").update(JSON.stringify(unique)).digest("base64url")}`;
}
