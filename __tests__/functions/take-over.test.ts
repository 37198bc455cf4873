import { equals, verifiedAttributes } from "../../functions/pre-sign-up/take-over";
import { parseFilter } from "../../local/gateway/filter";
import type { User } from "../../local/gateway/users";
import { captureLog } from "./handlers";

const log = captureLog();
const person = {
  userPoolId: "eu-west-1_Example",
  attributes: { email: "a@example.org", phone_number: "+31612345678" },
};
const both: ("email" | "phone_number")[] = ["email", "phone_number"];
const nobody = async () => false;
const emailHeld = async (_: string, attribute: string) => attribute === "email";
const down = async () => {
  throw new Error("throttled");
};

it.each([
  ["no guard", undefined, emailHeld, both],
  ["nobody holds them", "skip", nobody, both],
  ["somebody holds the address", "skip", emailHeld, ["phone_number"]],
  ["the look-up fails", "skip", down, []],
  ["nobody holds them, or else refuse", "refuse", nobody, both],
] as const)("marks as verified what takes nothing from anybody: %s", async (_, takeOverGuard, lookUp, expected) => {
  expect(await verifiedAttributes({ autoVerify: both, takeOverGuard }, person, lookUp)).toEqual(expected);
});

it.each([
  ["somebody holds the address", emailHeld],
  ["the look-up fails", down],
])("refuses the sign-up where set so: %s", async (_, lookUp) => {
  await expect(verifiedAttributes({ autoVerify: both, takeOverGuard: "refuse" }, person, lookUp)).rejects.toThrow(
    "This address or phone number cannot be used [address-taken]",
  );
});

it("marks no address in capitals, which a look-up by its other spelling would not find", async () => {
  const capitals = { userPoolId: "p", attributes: { email: "A@example.org" } };
  expect(await verifiedAttributes({ autoVerify: both, takeOverGuard: "skip" }, capitals, nobody)).toEqual([]);
  await expect(verifiedAttributes({ autoVerify: both, takeOverGuard: "refuse" }, capitals, nobody)).rejects.toThrow(
    "Write the email address in lower case [address-refused]",
  );
});

it("looks nothing up for an attribute that is absent", async () => {
  const lookUp = jest.fn(nobody);
  await verifiedAttributes({ autoVerify: both, takeOverGuard: "skip" }, { userPoolId: "p", attributes: {} }, lookUp);
  expect(lookUp).not.toHaveBeenCalled();
});

it("logs a failed look-up without the address", async () => {
  await verifiedAttributes({ autoVerify: both, takeOverGuard: "skip" }, person, down);
  expect(log.lines()).toContain('"takeOverGuard":"unavailable"');
  expect(log.lines()).not.toMatch(/example\.org|316/);
});

it.each([
  ["a@example.org", 'email = "a@example.org"'],
  ['a" or email ^= "', 'email = "a\\" or email ^= \\""'],
  ["a\\", 'email = "a\\\\"'],
  ['\\"', 'email = "\\\\\\""'],
])("escapes %s in a filter", (value, filter) => {
  expect(equals("email", value)).toBe(filter);
});

it.each(["a@example.org", 'a" or email ^= "', "a\\", '\\"', '\\\\"', 'o"br\\ien@example.org'])(
  "escapes %s so that Cognito's filter finds who has it, and nobody else",
  (value) => {
    const found = parseFilter(equals("email", value));
    const holder = (email: string) => ({ attributes: { email } }) as unknown as User;
    expect(found(holder(value))).toBe(true);
    expect(found(holder("somebody@example.org"))).toBe(false);
  },
);
