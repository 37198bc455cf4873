import type { PoolContext } from "../../../gateway/context";
import type { User } from "../../../gateway/users/user";
import { addUser, changeUser, findUser, removeUser } from "../../../gateway/users/user-store";
import { withStore } from "../fake-context";

const contextIn = withStore();
const aliasPool = () =>
  contextIn({
    pool: {
      AliasAttributes: ["email", "phone_number", "preferred_username"],
      UsernameConfiguration: { CaseSensitive: false },
    },
  });

const user = (username: string, attributes: Record<string, string>): User => ({
  username,
  sub: `id of ${username}`,
  status: "CONFIRMED",
  enabled: true,
  attributes,
  codes: {},
  created: 0,
  modified: 0,
});
const verified = (username: string, email = "jo@example.org") => user(username, { email, email_verified: "true" });
const emailVerified = (context: PoolContext, name: string) => findUser(context, name)?.attributes.email_verified;

describe("an alias", () => {
  it("is free until it is verified, and the same in every case", async () => {
    const context = aliasPool();
    const unverified = user("owner", { email: "Jo@Example.org", email_verified: "false" });
    await addUser(context, unverified, false);
    expect(findUser(context, "jo@example.org")).toBeUndefined();
    await changeUser(context, unverified, ({ attributes }) => ({
      attributes: { ...attributes, email_verified: "true" },
    }));
    expect(findUser(context, "JO@example.org")?.username).toBe("owner");
  });

  it("stays with its owner unless it is forced away", async () => {
    const context = aliasPool();
    await addUser(context, verified("owner"), false);
    const taken = {
      name: "AliasExistsException",
      message: "An account with the email already exists.",
    };
    await expect(addUser(context, verified("second"), false)).rejects.toMatchObject(taken);
    const second = user("second", { email: "jo@example.org", email_verified: "false" });
    await addUser(context, second, false);
    const verify = () => ({ attributes: { email: "jo@example.org", email_verified: "true" } });
    await expect(changeUser(context, second, verify)).rejects.toMatchObject(taken);
    expect([emailVerified(context, "owner"), emailVerified(context, "second")]).toEqual(["true", "false"]);
    await changeUser(context, second, verify, true);
    expect([emailVerified(context, "owner"), emailVerified(context, "second")]).toEqual(["false", "true"]);
    expect(findUser(context, "jo@example.org")?.username).toBe("second");
  });

  it("moves together with another of the same owner", async () => {
    const context = aliasPool();
    const both = {
      email: "jo@example.org",
      email_verified: "true",
      phone_number: "+49123",
      phone_number_verified: "true",
    };
    await addUser(context, user("owner", both), false);
    await addUser(context, user("second-owner", both), true);
    expect(findUser(context, "owner")?.attributes).toEqual({
      ...both,
      email_verified: "false",
      phone_number_verified: "false",
    });
    for (const alias of ["jo@example.org", "+49123"]) expect(findUser(context, alias)?.username).toBe("second-owner");
  });

  it("outlives its former owner", async () => {
    const context = aliasPool();
    const owner = verified("owner");
    await addUser(context, owner, false);
    await addUser(context, verified("second-owner"), true);
    await removeUser(context, owner);
    expect(findUser(context, "jo@example.org")?.username).toBe("second-owner");
  });

  it("that is no address never moves", async () => {
    const context = aliasPool();
    await addUser(context, user("owner", { preferred_username: "ace" }), false);
    await expect(addUser(context, user("second-owner", { preferred_username: "Ace" }), true)).rejects.toMatchObject({
      name: "AliasExistsException",
    });
  });
});

describe("an address that is the name", () => {
  it("belongs to the first, verified or not, and never moves", async () => {
    const context = contextIn({ pool: { UsernameAttributes: ["email"] } });
    await addUser(context, user("u1", { email: "jo@example.org" }), true);
    await expect(addUser(context, verified("u2"), true)).rejects.toMatchObject({
      name: "UsernameExistsException",
      message: "An account with the given email already exists.",
    });
    const other = verified("u3", "other@example.org");
    await addUser(context, other, true);
    await expect(
      changeUser(context, other, () => ({ attributes: { email: "jo@example.org" } }), true),
    ).rejects.toMatchObject({ name: "AliasExistsException" });
  });
});
