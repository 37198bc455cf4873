import * as sdk from "@aws-sdk/client-cognito-identity-provider";
import { NormalizedSchema } from "@smithy/core/schema";
import { isException } from "../../../gateway/exceptions";
import type { ReceivedRequest } from "../../../gateway/http/body";
import { findOperation, isConfiguration } from "../../../gateway/operations/lookup";
import { parse, parseForEmulator } from "../../../gateway/operations/request";
import { serveOperation } from "../../../gateway/operations/serve";
import { type FakeCloud, fakeCloud, PASSWORD } from "../fake-cloud";

const names = Object.keys(sdk)
  .filter((name) => /^\w+Command$/.test(name))
  .map((name) => name.slice(0, -"Command".length));

/** What is sent in the place of each member. */
const nasty: unknown[] = [
  null,
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "x\udc00@example.org",
  "jo",
  "x".repeat(100_000),
  "\u202e",
  "e\u0301@example.org",
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "%00",
  "eyJhbGciOiJub25lIn0.e30.",
  0,
  -1,
  0.5,
  1e308,
  2 ** 31,
  true,
  [],
  [null],
  [[]],
  [{}],
  ["__proto__"],
  [{ Name: "email", Value: "\ud800" }],
  [{ Name: "email", Value: "a\0@example.org" }],
  [{ Name: "__proto__", Value: "x" }],
  [{ Name: "email" }],
  [{ Value: "x" }],
  {},
  { USERNAME: "jo" },
  { USERNAME: "", PASSWORD: "" },
  { USERNAME: "jo", PASSWORD: "\0" },
  { USERNAME: "jo", SRP_A: "0" },
  { USERNAME: "\ud800", SRP_A: "ff" },
  { REFRESH_TOKEN: "x".repeat(10_000) },
  { REFRESH_TOKEN: "Ly8v" },
  JSON.parse('{"__proto__":{"x":1}}'),
  { toString: "x", hasOwnProperty: "y" },
];

const bodies = [
  "",
  " ",
  "null",
  "[]",
  "0",
  '"x"',
  "{",
  "{}",
  "\0",
  "\ufeff{}",
  "[".repeat(200_000),
  '{"a":'.repeat(50_000),
];

let cloud: FakeCloud;
beforeAll(async () => {
  cloud = await fakeCloud({});
  await cloud.addUser("jo", { email: "jo@example.org" });
});
afterAll(() => cloud.close());

const membersOf = (name: string) => {
  const models = new Map<string, unknown>(Object.entries(sdk));
  const schema = NormalizedSchema.of(models.get(`${name}Request$`) as Parameters<typeof NormalizedSchema.of>[0]);
  return [...schema.structIterator()].map(([member]) => member);
};

/** Valid values, so that a wrong one is reached where it is alone. */
const valid: Readonly<Record<string, unknown>> = {
  Username: "jo",
  Password: PASSWORD,
  ProposedPassword: PASSWORD,
  ConfirmationCode: "123456",
  Code: "123456",
  AuthFlow: "USER_PASSWORD_AUTH",
  AuthParameters: { USERNAME: "jo", PASSWORD },
  ChallengeName: "PASSWORD_VERIFIER",
  RefreshToken: "token",
  Token: "token",
  AccessToken: "token",
  AttributeName: "email",
  GroupName: "group",
  UserAttributes: [{ Name: "name", Value: "Jo" }],
  UserAttributeNames: ["name"],
};

describe("no request makes the gateway fail", () => {
  it.each(names)("%s", async (name) => {
    const found = findOperation(name);
    const failures: unknown[] = [];
    const attempt = async (body: string) => {
      try {
        if (isConfiguration(name)) parseForEmulator(name, Buffer.from(body));
        else if (found) await cloud.call(name, parse(name, Buffer.from(body)));
        else await serveOperation({} as never, name, { body: Buffer.from(body) } as ReceivedRequest);
      } catch (error) {
        if (!isException(error)) failures.push({ body: body.slice(0, 200), error });
      }
    };
    for (const body of bodies) await attempt(body);
    const members = membersOf(name);
    const base = Object.fromEntries(
      members.filter((member) => member in valid).map((member) => [member, valid[member]]),
    );
    for (const member of members)
      for (const value of nasty) await attempt(JSON.stringify({ ...base, [member]: value }));
    expect(failures).toEqual([]);
  });
});
