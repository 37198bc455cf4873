import { policyPool } from "./policy-pool";

// What a provider says of its people besides an address: it may be wrong once, and a subject may look like an address.

const jo = { sub: "Jo_1", email: "jo@example.org", email_verified: true };
const WRITTEN = ["email", "phone_number", "preferred_username"];
const NAMES = ["sub", "email_verified", "phone_number_verified", ...WRITTEN];
const { opened, come, restrict, block } = policyPool({
  signUp: { autoConfirm: "everyone", providers: ["Outer"] },
  pool: { SchemaAttributes: NAMES.map((Name) => ({ Name, Mutable: Name !== "sub" })) },
  client: { WriteAttributes: WRITTEN },
  mapping: Object.fromEntries([...WRITTEN, "email_verified"].map((name) => [name, name])),
});

/** @returns what a sign-in through the provider ended with: a code, or an error sentence */
async function outcomeOf(person: Parameters<typeof come>[0]): Promise<string | null> {
  const { query } = await come(person);
  return query.get("code") ? "a code" : query.get("error_description");
}

it.each([
  ["phone_number", "+31612345678", "+31687654321"],
  ["preferred_username", "boss", "jo"],
])("a blocked %s that a provider once gave keeps nobody out for ever", async (name, wrong, right) => {
  expect(await outcomeOf({ ...jo, [name]: right })).toBe("a code");
  block(`user:${wrong}`);
  expect(await outcomeOf({ ...jo, [name]: wrong })).toContain("[user-blocked]");
  expect(opened().cloud.sources().at(-1)).toBe("TokenGeneration_HostedAuth");
  expect(await outcomeOf({ ...jo, [name]: right })).toBe("a code");
});

it("the domain in a subject is not the domain of the person's address", async () => {
  block("domain:old.example");
  for (const _ of ["first", "second"]) expect(await outcomeOf({ ...jo, sub: "jo@old.example" })).toBe("a code");
});

it("a subject that looks like an address is none", async () => {
  expect(await outcomeOf({ sub: "jo@corp/7" })).toBe("a code");
  restrict({ allowedDomains: ["example.org"] });
  expect(await outcomeOf({ sub: "jo@example.org", email_verified: true })).toContain("[address-missing]");
});

it("nobody takes the user name of somebody who has not come yet", async () => {
  const signUp = opened().cloud.call("SignUp", {
    ClientId: "client",
    Username: "outer_jo_1",
    Password: "Correct horse 1",
  });
  await expect(signUp).rejects.toThrow("[username-refused]");
  expect(await outcomeOf(jo)).toBe("a code");
});
