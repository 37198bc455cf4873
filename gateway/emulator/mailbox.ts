import type { EmulatorAgent } from "./agent";
import { ask } from "./forward";

/** A message that was sent in the local cloud. */
export interface SentMessage {
  readonly medium: "EMAIL" | "SMS";
  readonly to: string;
  /** Empty for a text message. */
  readonly subject: string;
  readonly body: string;
  /** The emulator does not say when it got a text message. */
  readonly sentAt?: string;
}

interface SesMessage {
  readonly To: readonly string[];
  readonly Subject: string;
  readonly BodyText: string;
  readonly BodyHtml: string;
  readonly Timestamp: number;
}

interface SnsMessage {
  readonly PhoneNumber: string;
  readonly Message: string;
}

/** All messages that were sent: first the mails since the emulator started, then the text messages; the newest last. */
export async function readMailbox(emulator: EmulatorAgent, account: string): Promise<SentMessage[]> {
  const read = async <T>(path: string) => JSON.parse((await ask(emulator, `/_ministack/${path}`)).body.toString()) as T;
  const [{ messages }, { sms_messages: texts }] = await Promise.all([
    read<{ messages: Record<string, SesMessage[]> }>("ses/messages"),
    read<{ sms_messages: Record<string, SnsMessage[]> }>(`sns/sms-messages?account=${account}`),
  ]);
  const mails = (messages[account] ?? []).map(
    (mail): SentMessage => ({
      medium: "EMAIL",
      to: mail.To.join(", "),
      subject: mail.Subject,
      body: mail.BodyHtml || mail.BodyText,
      sentAt: new Date(mail.Timestamp * 1000).toISOString(),
    }),
  );
  const sms = Object.values(texts)
    .flat()
    .map(({ PhoneNumber, Message: body }): SentMessage => ({ medium: "SMS", to: PhoneNumber, subject: "", body }));
  return [...mails, ...sms];
}
