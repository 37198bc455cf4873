import { attributesOf } from "../shared/event";
import { CODE_KINDS, type CodeKind, sourcesOf } from "../shared/messages/words";
import { deliver, type SenderEvent } from "../shared/sender";
import { sendSms } from "../shared/sms";
import { trigger } from "../shared/trigger";
import type { Settings } from "./settings";

export type CustomSmsSenderEvent = SenderEvent<"CustomSMSSender", CodeKind>;

/**
 * Runs instead of Cognito's own text messages, asynchronously: Cognito waits for nothing, and sees no error.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sms-sender.html
 */
export const handler = trigger<CustomSmsSenderEvent, Settings>({
  sources: sourcesOf("CustomSMSSender", CODE_KINDS),
  rule: (event, settings) =>
    deliver(event, settings, {
      name: "sms",
      to: attributesOf(event).phone_number,
      send: (to, { sms }) => sendSms(to, sms ?? ""),
    }),
});
