import type { SentMessage } from "../emulator/mailbox";
import { escapeHtml } from "../messages/message-texts";

/** The mailbox as a page: first the mails, then the text messages, the newest first. The HTML of a mail is shown as text. */
export function mailboxPage(messages: readonly SentMessage[]): string {
  const newest = messages.toReversed();
  const section = (title: string, wanted: SentMessage["medium"]) => {
    const rows = newest.filter(({ medium }) => medium === wanted).map(article);
    return `<h1>${title}</h1>\n${rows.join("\n") || "<p>None yet.</p>"}`;
  };
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>Mailbox</title><style>body{font-family:sans-serif;max-width:40rem;margin:2rem auto}
pre{white-space:pre-wrap;background:#f4f4f4;padding:1rem}</style>
${section("Mailbox", "EMAIL")}
${section("Text messages", "SMS")}</html>`;
}

const article = ({ to, subject, body, sentAt }: SentMessage) =>
  `<article><h2>${escapeHtml(subject || "SMS")}</h2>
<p><small>to ${escapeHtml(to)}${sentAt ? `, ${sentAt}` : ""}</small></p><pre>${escapeHtml(body)}</pre></article>`;
