import { handler as preAuthentication } from "../../../functions/pre-authentication";
import { handler as preSignUp } from "../../../functions/pre-sign-up";
import { handler as preTokenGeneration } from "../../../functions/pre-token-generation";
import { type AccessSettings, accessSchema } from "../../../functions/shared/access";
import { readBlocks } from "../../../functions/shared/block-list";
import { call, captureLog } from "../../functions/handlers";
import { type HostedPool, hostedPool } from "../hosted/hosted-pool";
import { comeThrough, type Stranger, stranger } from "./stranger";

// What a provider says of its people besides an address: it may be wrong once, and a subject may look like an address.

jest.mock("../../../functions/shared/block-list", () => ({
  ...jest.requireActual("../../../functions/shared/block-list"),
  readBlocks: jest.fn(),
}));
captureLog();

const jo = { sub: "Jo_1", email: "jo@example.org", email_verified: true };
let pool: HostedPool;
let outer: Stranger;
let access: AccessSettings;
let providers: string[];
let blocked: string[];

beforeAll(async () => {
  outer = await stranger();
});
afterAll(() => outer.close());
beforeEach(async () => {
  access = {};
  providers = ["Outer"];
  blocked = [];
  jest
    .mocked(readBlocks)
    .mockImplementation(async (_, entries) =>
      entries.filter((entry) => blocked.includes(entry)).map((entry) => ({ entry })),
    );
  const settings = () => ({ access: { ...accessSchema().parse(access), blockListTable: "blocks" } });
  const signUpSettings = () => ({ ...settings(), autoConfirm: "everyone", autoVerify: [], providers });
  const written = ["email", "phone_number", "preferred_username"];
  const names = ["sub", "email_verified", "phone_number_verified", ...written];
  const mapping = Object.fromEntries([...written, "email_verified"].map((name) => [name, name]));
  pool = await hostedPool(
    {
      PreSignUp: async (event) => (await call(preSignUp, signUpSettings(), event)).response ?? {},
      PreAuthentication: async (event) => (await call(preAuthentication, settings(), event)).response ?? {},
      PreTokenGeneration: async (event) =>
        (await call(preTokenGeneration, { eventVersion: 1, ...settings() }, event)).response ?? {},
    },
    {
      pool: { SchemaAttributes: names.map((Name) => ({ Name, Mutable: Name !== "sub" })) },
      client: { SupportedIdentityProviders: ["COGNITO", "Outer", "Other"], WriteAttributes: written },
      aws: {
        groups: async () => [],
        identityProvider: async (_: string, name: string) => outer.named(name, mapping),
      },
    },
  );
});
afterEach(() => pool.close());

/** @returns what a sign-in through the provider ended with: a code, or an error sentence */
async function come(person: object): Promise<string | null> {
  const { query } = await comeThrough(pool, outer, person as typeof jo);
  return query.get("code") ? "a code" : query.get("error_description");
}

it.each([
  ["phone_number", "+31612345678", "+31687654321"],
  ["preferred_username", "boss", "jo"],
])("a blocked %s that a provider once gave keeps nobody out for ever", async (name, wrong, right) => {
  expect(await come({ ...jo, [name]: right })).toBe("a code");
  blocked = [`user:${wrong}`];
  expect(await come({ ...jo, [name]: wrong })).toContain("[user-blocked]");
  expect(pool.cloud.sources().at(-1)).toBe("TokenGeneration_HostedAuth");
  expect(await come({ ...jo, [name]: right })).toBe("a code");
});

it("the domain in a subject is not the domain of the person's address", async () => {
  blocked = ["domain:old.example"];
  for (const _ of ["first", "second"]) expect(await come({ ...jo, sub: "jo@old.example" })).toBe("a code");
});

it("a subject that looks like an address is none", async () => {
  expect(await come({ sub: "jo@corp/7" })).toBe("a code");
  access = { allowedDomains: ["example.org"] };
  expect(await come({ sub: "jo@example.org", email_verified: true })).toContain("[address-missing]");
});

it("nobody takes the user name of somebody who has not come yet", async () => {
  const signUp = pool.cloud.call("SignUp", { ClientId: "client", Username: "outer_jo_1", Password: "Correct horse 1" });
  await expect(signUp).rejects.toThrow("[username-refused]");
  expect(await come(jo)).toBe("a code");
});
