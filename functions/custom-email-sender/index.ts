import { attributesOf, emailOf } from "../shared/event";
import { sendMail } from "../shared/mail";
import { CODE_KINDS, sourcesOf } from "../shared/messages/words";
import { deliver, type SenderEvent } from "../shared/senders/deliver";
import { trigger } from "../shared/trigger";
import type { Settings } from "./settings";

const SOURCES = sourcesOf("CustomEmailSender", [...CODE_KINDS, "AccountTakeOverNotification"]);

export type CustomEmailSenderEvent = SenderEvent<(typeof SOURCES)[number]>;

/**
 * Runs instead of Cognito's own mail, asynchronously: Cognito waits for nothing, and sees no error.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-email-sender.html
 */
export const handler = trigger<CustomEmailSenderEvent, Settings>({ sources: SOURCES, rule: send });

async function send(event: CustomEmailSenderEvent, settings: Settings): Promise<void> {
  await deliver(event, settings, {
    name: "email",
    to: addressOf(event),
    send: async (to, { subject, html }) => {
      if (!settings.from) throw new Error("there is no sender to send from");
      await sendMail({ from: settings.from, to, replyTo: settings.replyTo, subject, html });
    },
  });
}

/**
 * The address for the mail. A code goes only to the user's attribute `email`. A notification's attributes describe the
 * sign-in, and AWS documents no address among them, so the user name is used if it is an address.
 */
function addressOf(event: CustomEmailSenderEvent): string | undefined {
  const isNotification = event.triggerSource === "CustomEmailSender_AccountTakeOverNotification";
  return isNotification ? emailOf(event) : attributesOf(event).email;
}
