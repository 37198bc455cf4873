import { checkNeeds, parse } from "../../local/gateway/input";
import { mailboxPage } from "../../local/gateway/mailbox";

const read = (input: unknown) => parse(Buffer.from(JSON.stringify(input)));

describe("a request's body", () => {
  it("is read as it was sent, without what is null", () => {
    const input = { Username: "jo", UserAttributes: [{ Name: "a", Value: "b" }], Limit: 3 };
    expect(read({ ...input, Session: null })).toEqual(input);
  });

  it.each([
    [[]],
    ["text"],
    [{ Username: 5 }],
    [{ UserAttributes: "x" }],
    [{ UserAttributes: [{ Value: "x" }] }],
    [{ UserAttributes: [{ Name: "x", Value: 5 }] }],
    [{ AuthParameters: { PASSWORD: {} } }],
    [{ AuthParameters: ["x"] }],
    [{ Limit: "3" }],
    [{ Permanent: "true" }],
  ])("%j is malformed", (input) => {
    expect(() => read(input)).toThrow(expect.objectContaining({ name: "SerializationException" }));
  });

  it("must hold what the operation needs", () => {
    const start = "1 validation error detected: Value at 'clientId' failed to satisfy constraint: ";
    expect(() => checkNeeds(["ClientId"], {})).toThrow(`${start}Member must not be null`);
    expect(() => checkNeeds(["ClientId"], { ClientId: "" })).toThrow("greater than or equal to 1");
    expect(() => checkNeeds(["ClientId"], { ClientId: "x" })).not.toThrow();
  });
});

it("the mailbox shows the newest first, text messages too, and a message's HTML as text", () => {
  const message = { medium: "EMAIL", to: "<a>", subject: "one & only", body: "<script>", sentAt: "then" } as const;
  const sms = { medium: "SMS", to: "+49123", subject: "", body: "old text" } as const;
  const page = mailboxPage([message, { ...message, subject: "newest" }, sms, { ...sms, body: "new text" }]);
  const inOrder = ["Mailbox</h1>", "newest", "one &amp; only", "Text messages</h1>", "new text", "old text"];
  const places = inOrder.map((text) => page.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(page).not.toContain("<script>");
});
