import { attributesOf } from "../shared/event";
import { CODE_KINDS, sourcesOf } from "../shared/messages/words";
import { deliver, type SenderEvent } from "../shared/senders/deliver";
import { trigger } from "../shared/trigger";
import type { Settings } from "./settings";
import { sendSms } from "./sms";

const SOURCES = sourcesOf("CustomSMSSender", CODE_KINDS);

export type CustomSmsSenderEvent = SenderEvent<(typeof SOURCES)[number]>;

/**
 * Runs instead of Cognito's own text messages. Cognito does not wait for it, and sees no error.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sms-sender.html
 */
export const handler = trigger<CustomSmsSenderEvent, Settings>({ sources: SOURCES, rule: send });

async function send(event: CustomSmsSenderEvent, settings: Settings): Promise<void> {
  await deliver(event, settings, {
    name: "sms",
    to: attributesOf(event).phone_number,
    send: (to, { sms }) => sendSms(to, sms ?? ""),
  });
}
