import { CALLBACK, type HostedPool, verifier } from "../hosted/hosted-pool";
import { policyPool } from "./policy-pool";

// The policy of a pool at every door of somebody from an identity provider.

const jo = { sub: "Jo_1", email: "Jo@Example.org", email_verified: true, name: "Jo" };
const { opened, come, restrict, block: listed, breakBlockList } = policyPool();
let pool: HostedPool;
beforeEach(() => {
  pool = opened();
});

type Person = typeof jo;
const signIn = async (person: Person = jo) => (await come(person)).query;
const redeem = async (code: string | null) => {
  const form = { grant_type: "authorization_code", client_id: "client", redirect_uri: CALLBACK };
  return (await pool.call("oauth2/token", { ...form, code_verifier: verifier, code: code ?? "" })).body;
};
const refresh = (token: string) =>
  pool.call("oauth2/token", { grant_type: "refresh_token", client_id: "client", refresh_token: token });
const subOf = async (Username: string) => {
  const { UserAttributes = [] } = await pool.cloud.call("AdminGetUser", { Username });
  return UserAttributes.find(({ Name }) => Name === "sub")?.Value ?? "";
};

/** A policy, what a refusal by it says, and whether it knows somebody before the first sign-in. */
type Policy = [name: string, keepOut: () => Promise<void> | void, refusal: string, atFirst?: false];
const POLICIES: Policy[] = [
  [
    "a denied domain",
    () => {
      restrict({ deniedDomains: ["example.org"] });
    },
    "Users from example.org are no longer allowed to",
  ],
  [
    "a domain that is not allowed",
    () => {
      restrict({ allowedDomains: ["example.net"] });
    },
    "Users from this domain are not allowed to",
  ],
  ["the block list, by address", () => listed("user:jo@example.org"), "This user is no longer allowed to"],
  ["the block list, by domain", () => listed("domain:example.org"), "Users from example.org are no longer allowed to"],
  ["the block list, by the provider's subject", () => listed("user:outer_jo_1"), "This user is no longer allowed to"],
  [
    "the block list, by sub",
    async () => listed(`user:${await subOf("Outer_Jo_1")}`),
    "This user is no longer allowed to",
    false,
  ],
  ["the block list, which cannot be read", breakBlockList, "Something went wrong, please try again later"],
];

describe.each(POLICIES)("somebody whom %s keeps out", (name, keepOut, refusal, atFirst) => {
  // The address is looked at when it is the one of this sign-in.
  const isAddress = /domain|address/.test(name);

  if (atFirst !== false) {
    it("does not get in the first time, and no user is made", async () => {
      await keepOut();
      const query = await signIn();
      expect(query.get("error_description")).toContain(refusal);
      expect(query.get("code")).toBeNull();
      expect(pool.cloud.sources()).toEqual(["PreSignUp_ExternalProvider"]);
      await expect(pool.cloud.call("AdminGetUser", { Username: "Outer_Jo_1" })).rejects.toThrow("User does not exist");
    });
  }

  it("does not get in later", async () => {
    expect((await signIn()).get("code")).not.toBeNull();
    await keepOut();
    pool.cloud.events.length = 0;
    const query = await signIn();
    expect(query.get("error_description")).toContain(refusal);
    expect(query.get("code")).toBeNull();
    const tokens = isAddress ? ["TokenGeneration_HostedAuth"] : [];
    expect(pool.cloud.sources()).toEqual(["PreAuthentication_Authentication", ...tokens]);
  });

  it("gets no tokens at a refresh", async () => {
    const { refresh_token = "" } = await redeem((await signIn()).get("code"));
    expect((await refresh(refresh_token)).status).toBe(200);
    await keepOut();
    const { status, body } = await refresh(refresh_token);
    expect([status, body]).toEqual([400, expect.objectContaining({ error: expect.any(String) })]);
    expect(body).not.toHaveProperty("access_token");
  });
});

describe("allowed domains", () => {
  beforeEach(() => {
    restrict({ allowedDomains: ["example.org"] });
  });
  const refusal = "Users whose email address is not verified are not allowed to";

  it("let in somebody whose provider says that the address is verified", async () => {
    expect((await signIn()).get("code")).not.toBeNull();
  });

  it.each<[string, unknown]>([
    ["false", false],
    ["a text for false", "false"],
    ["1", "1"],
    ["yes", "yes"],
    ["nothing", undefined],
    ["an empty text", ""],
  ])("do not let in somebody whose provider says of it: %s", async (_, email_verified) => {
    const query = await signIn({ ...jo, email_verified } as Person);
    expect(query.get("error_description")).toContain(`${refusal} sign up [address-unverified]`);
    expect(query.get("code")).toBeNull();
  });

  it.each<[string, unknown]>([
    ["True", "True"],
    ["true", "true"],
  ])("let in somebody whose provider says of it: %s", async (_, email_verified) => {
    expect((await signIn({ ...jo, email_verified } as Person)).get("code")).not.toBeNull();
  });

  it("give no tokens to somebody whose address at the provider is another one, which is not verified", async () => {
    await signIn();
    pool.cloud.events.length = 0;
    const query = await signIn({ ...jo, email: "boss@example.org", email_verified: false });
    expect(query.get("error_description")).toContain(`${refusal} log in`);
    expect(pool.cloud.sources().at(-1)).toBe("TokenGeneration_HostedAuth");
  });

  it.each<[string, Partial<Person>]>([
    ["nothing of whether the address is verified", { email_verified: undefined }],
    ["an address of another domain", { email: "jo@example.com" }],
  ])("let somebody in again whose provider once said %s", async (_, wrong) => {
    await signIn();
    expect((await signIn({ ...jo, ...wrong } as Person)).get("code")).toBeNull();
    expect((await signIn()).get("code")).not.toBeNull();
  });
});

describe("a user of the pool with a linked identity", () => {
  beforeEach(async () => {
    await pool.cloud.addUser("ann", { email: "ann@example.org", email_verified: "true" });
    await pool.cloud.call("AdminLinkProviderForUser", {
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "ann" },
      SourceUser: { ProviderName: "Outer", ProviderAttributeName: "Cognito_Subject", ProviderAttributeValue: "Jo_1" },
    });
  });

  it("comes in by it, until its subject is blocked", async () => {
    expect((await signIn()).get("code")).not.toBeNull();
    listed("user:outer_jo_1");
    expect((await signIn()).get("error_description")).toContain("This user is no longer allowed to log in");
  });

  it.each(["user:other_jo_1", "user:outer_jo", "user:jo_1"])("is not kept out by %s", async (entry) => {
    listed(entry);
    expect((await signIn()).get("code")).not.toBeNull();
  });
});
