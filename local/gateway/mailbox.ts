import { escapeHtml } from "./mail";

/** A message that somebody in the local cloud would have got. */
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly sentAt: string;
}

interface SesMessage {
  readonly To: readonly string[];
  readonly Subject: string;
  readonly BodyText: string;
  readonly BodyHtml: string;
  readonly Timestamp: number;
}

/** All that was sent since the emulator started, the newest last. */
export async function readMailbox(emulator: string, account: string): Promise<Message[]> {
  const answer = await fetch(`${emulator}/_ministack/ses/messages`);
  const { messages } = (await answer.json()) as { messages: Record<string, SesMessage[]> };
  return (messages[account] ?? []).map((message) => ({
    to: message.To.join(", "),
    subject: message.Subject,
    body: message.BodyHtml || message.BodyText,
    sentAt: new Date(message.Timestamp * 1000).toISOString(),
  }));
}

/** The mailbox for people: newest first, and a message's HTML shown as its text. */
export function mailboxPage(messages: readonly Message[]): string {
  const rows = messages.toReversed().map(
    ({ to, subject, body, sentAt }) =>
      `<article><h2>${escapeHtml(subject)}</h2>
<p><small>to ${escapeHtml(to)}, ${sentAt}</small></p><pre>${escapeHtml(body)}</pre></article>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>Mailbox</title><style>body{font-family:sans-serif;max-width:40rem;margin:2rem auto}
pre{white-space:pre-wrap;background:#f4f4f4;padding:1rem}</style><h1>Mailbox</h1>
${rows.join("\n") || "<p>No mail yet.</p>"}</html>`;
}
