import { mailboxPage } from "../../../gateway/http/mailbox-page";

it("the mailbox shows the newest first, text messages too, and a message's HTML as text", () => {
  const message = { medium: "EMAIL", to: "<a>", subject: "one & only", body: "<script>", sentAt: "then" } as const;
  const sms = { medium: "SMS", to: "+49123", subject: "", body: "old text" } as const;
  const page = mailboxPage([message, { ...message, subject: "newest" }, sms, { ...sms, body: "new text" }]);
  const inOrder = ["Mailbox</h1>", "newest", "one &amp; only", "Text messages</h1>", "new text", "old text"];
  const positions = inOrder.map((text) => page.indexOf(text));
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(positions).not.toContain(-1);
  expect(page).not.toContain("<script>");
});
