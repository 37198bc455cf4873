import { handler } from "../../functions/pre-authentication";
import { call, captureLog, cognitoEvent, type EventParts } from "./handlers";

const log = captureLog();
const SETTINGS = { access: { deniedDomains: ["example.com"] } };
const REFUSAL = "Users from example.com are no longer allowed to log in";

it.each<[string, EventParts]>([
  ["in the attributes, with a UUID for user name", { userName: "3f0c", userAttributes: { email: "a@example.com" } }],
  ["as the user name, without attributes", { userName: "a@example.com" }],
  ["beside an empty attribute", { userName: "a@example.com", userAttributes: { email: "" } }],
  ["in capitals", { userAttributes: { email: "A@EXAMPLE.COM" } }],
  ["with the root's dot", { userAttributes: { email: "a@example.com." } }],
  ["behind a quoted @", { userAttributes: { email: '"a@example.org"@example.com' } }],
])("refuses an address of a denied domain, %s", async (_, parts) => {
  await expect(call(handler, SETTINGS, cognitoEvent(parts))).rejects.toThrow(new Error(REFUSAL));
});

it.each<[string, EventParts]>([
  ["another domain", { userAttributes: { email: "a@example.org" } }],
  ["a domain that ends alike", { userAttributes: { email: "a@notexample.com" } }],
  ["the attribute first, the user name after it", { userName: "a@example.com", userAttributes: { email: "a@b.org" } }],
  ["a plain user name", { userName: "example.com" }],
])("lets in %s", async (_, parts) => {
  const event = cognitoEvent(parts);
  expect(await call(handler, SETTINGS, event)).toEqual(event);
});

it("shows the person nothing of an internal failure, and writes the cause to the log", async () => {
  delete process.env.SETTINGS;
  await expect(handler({})).rejects.toThrow(new Error("Something went wrong, please try again later"));
  expect(log.lines()).toContain("the environment variable SETTINGS is not set");
});

it("logs no address", async () => {
  await expect(call(handler, SETTINGS, cognitoEvent({ userName: "who@example.com" }))).rejects.toThrow();
  expect(log.lines()).not.toContain("example.com");
});
