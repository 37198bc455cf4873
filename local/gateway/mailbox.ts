import type { EmulatorAgent } from "./emulator-agent";
import { escapeHtml } from "./message-texts";
import { ask } from "./proxy";

/** A message that somebody in the local cloud would have got. */
export interface Message {
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

/** All that was sent: mails since the emulator started, then text messages; of each the newest last. */
export async function readMailbox(emulator: EmulatorAgent, account: string): Promise<Message[]> {
  const read = async <T>(path: string) => JSON.parse((await ask(emulator, `/_ministack/${path}`)).body.toString()) as T;
  const [{ messages }, { sms_messages: texts }] = await Promise.all([
    read<{ messages: Record<string, SesMessage[]> }>("ses/messages"),
    read<{ sms_messages: Record<string, SnsMessage[]> }>(`sns/sms-messages?account=${account}`),
  ]);
  const mails = (messages[account] ?? []).map(
    (mail): Message => ({
      medium: "EMAIL",
      to: mail.To.join(", "),
      subject: mail.Subject,
      body: mail.BodyHtml || mail.BodyText,
      sentAt: new Date(mail.Timestamp * 1000).toISOString(),
    }),
  );
  const sms = Object.values(texts)
    .flat()
    .map(({ PhoneNumber, Message: body }): Message => ({ medium: "SMS", to: PhoneNumber, subject: "", body }));
  return [...mails, ...sms];
}

/** The mailbox for people: mails, then text messages, of each the newest first; a mail's HTML is shown as its text. */
export function mailboxPage(messages: readonly Message[]): string {
  const newest = messages.toReversed();
  const section = (title: string, wanted: Message["medium"]) => {
    const rows = newest.filter(({ medium }) => medium === wanted).map(article);
    return `<h1>${title}</h1>\n${rows.join("\n") || "<p>None yet.</p>"}`;
  };
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>Mailbox</title><style>body{font-family:sans-serif;max-width:40rem;margin:2rem auto}
pre{white-space:pre-wrap;background:#f4f4f4;padding:1rem}</style>
${section("Mailbox", "EMAIL")}
${section("Text messages", "SMS")}</html>`;
}

const article = ({ to, subject, body, sentAt }: Message) =>
  `<article><h2>${escapeHtml(subject || "SMS")}</h2>
<p><small>to ${escapeHtml(to)}${sentAt ? `, ${sentAt}` : ""}</small></p><pre>${escapeHtml(body)}</pre></article>`;
