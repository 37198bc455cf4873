import { verifiedAttributes } from "../../functions/pre-sign-up/take-over";
import { fakeAws } from "./fake-aws";
import { captureLog } from "./handlers";

const log = captureLog();
const person = {
  userPoolId: "eu-west-1_Example",
  attributes: { email: "a@example.org", phone_number: "+31612345678" },
};
const both: ("email" | "phone_number")[] = ["email", "phone_number"];
const nobody = async () => false;
const emailHeld = async (_: string, value: string) => value.includes("@");
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

it("finds the owner of an address that is written in another way", async () => {
  const attributes = { email: "Ａnn@Bücher.example" };
  const owner = async (_: string, value: string) => value === "ann@xn--bcher-kva.example";
  const settings = { autoVerify: ["email" as const], takeOverGuard: "skip" as const };
  expect(await verifiedAttributes(settings, { userPoolId: "p", attributes }, owner)).toEqual([]);
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

describe("the look-up", () => {
  const aws = fakeAws();
  const guarded = { autoVerify: ["email" as const], takeOverGuard: "skip" as const };

  it.each([
    ["finds an owner", undefined, []],
    ["finds nobody", "UserNotFoundException", ["email"]],
    ["is refused", "AccessDeniedException", []],
    ["is throttled", "TooManyRequestsException", []],
  ])("that %s", async (_, code, expected) => {
    if (code) aws.fail("AdminGetUser", code);
    expect(await verifiedAttributes(guarded, person)).toEqual(expected);
    const input = { UserPoolId: "eu-west-1_Example", Username: "a@example.org" };
    expect(aws.calls()).toMatchObject([{ operation: "AdminGetUser", input }]);
  });

  it("asks for nothing that Cognito refuses to look for, and does not call it an outage", async () => {
    const attributes = { email: `${"a".repeat(120)}@example.org` };
    expect(await verifiedAttributes(guarded, { ...person, attributes })).toEqual([]);
    expect(aws.calls()).toEqual([]);
    expect(log.lines()).not.toContain("unavailable");
  });
});
