import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { newCode, useCode } from "../../local/gateway/codes";
import type { InPool } from "../../local/gateway/context";
import { addUser, changeUser, findUser, removeUser, type User } from "../../local/gateway/users";
import { type TemporaryStore, temporaryStore } from "./temporary-store";

let store: TemporaryStore;
beforeAll(async () => {
  store = await temporaryStore();
});
afterAll(() => store.remove());

let made = 0;
const inPool = (pool: UserPoolType): InPool => ({ store, poolId: `pool${made++}`, pool }) as unknown as InPool;
const aliasPool = () =>
  inPool({
    AliasAttributes: ["email", "phone_number", "preferred_username"],
    UsernameConfiguration: { CaseSensitive: false },
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
const proven = (username: string, email = "jo@example.org") => user(username, { email, email_verified: "true" });
const verified = (at: InPool, name: string) => findUser(at, name)?.attributes.email_verified;

describe("an alias", () => {
  it("is free until it is proven, and the same in every case", async () => {
    const at = aliasPool();
    const unproven = user("owner", { email: "Jo@Example.org", email_verified: "false" });
    await addUser(at, unproven, false);
    expect(findUser(at, "jo@example.org")).toBeUndefined();
    await changeUser(at, unproven, ({ attributes }) => ({
      attributes: { ...attributes, email_verified: "true" },
    }));
    expect(findUser(at, "JO@example.org")?.username).toBe("owner");
  });

  it("stays with its owner unless it is forced away", async () => {
    const at = aliasPool();
    await addUser(at, proven("owner"), false);
    const taken = {
      name: "AliasExistsException",
      message: "An account with the email already exists.",
    };
    await expect(addUser(at, proven("second"), false)).rejects.toMatchObject(taken);
    const second = user("second", { email: "jo@example.org", email_verified: "false" });
    await addUser(at, second, false);
    const verify = () => ({ attributes: { email: "jo@example.org", email_verified: "true" } });
    await expect(changeUser(at, second, verify)).rejects.toMatchObject(taken);
    expect([verified(at, "owner"), verified(at, "second")]).toEqual(["true", "false"]);
    await changeUser(at, second, verify, true);
    expect([verified(at, "owner"), verified(at, "second")]).toEqual(["false", "true"]);
    expect(findUser(at, "jo@example.org")?.username).toBe("second");
  });

  it("moves together with another of the same owner", async () => {
    const at = aliasPool();
    const both = {
      email: "jo@example.org",
      email_verified: "true",
      phone_number: "+49123",
      phone_number_verified: "true",
    };
    await addUser(at, user("owner", both), false);
    await addUser(at, user("newcomer", both), true);
    expect(findUser(at, "owner")?.attributes).toEqual({
      ...both,
      email_verified: "false",
      phone_number_verified: "false",
    });
    for (const alias of ["jo@example.org", "+49123"]) expect(findUser(at, alias)?.username).toBe("newcomer");
  });

  it("outlives its former owner", async () => {
    const at = aliasPool();
    const owner = proven("owner");
    await addUser(at, owner, false);
    await addUser(at, proven("newcomer"), true);
    await removeUser(at, owner);
    expect(findUser(at, "jo@example.org")?.username).toBe("newcomer");
  });

  it("that is no address never moves", async () => {
    const at = aliasPool();
    await addUser(at, user("owner", { preferred_username: "ace" }), false);
    await expect(addUser(at, user("newcomer", { preferred_username: "Ace" }), true)).rejects.toMatchObject({
      name: "AliasExistsException",
    });
  });
});

describe("an address that is the name", () => {
  it("belongs to the first, proven or not, and never moves", async () => {
    const at = inPool({ UsernameAttributes: ["email"] });
    await addUser(at, user("u1", { email: "jo@example.org" }), true);
    await expect(addUser(at, proven("u2"), true)).rejects.toMatchObject({
      name: "UsernameExistsException",
      message: "An account with the given email already exists.",
    });
    const other = proven("u3", "other@example.org");
    await addUser(at, other, true);
    await expect(
      changeUser(at, other, () => ({ attributes: { email: "jo@example.org" } }), true),
    ).rejects.toMatchObject({ name: "AliasExistsException" });
  });
});

describe("a code", () => {
  const to = { attribute: "email", address: "new@example.org" } as const;
  const { digits, code } = newCode("id of jo", "email", to);
  const jo = { ...user("jo", { email: "old@example.org" }), codes: { email: code } };

  it("is used up by the address that it was sent to, and proves that one", () => {
    expect(useCode({ ...jo, pending: { email: to.address } }, "email", digits)).toEqual({ codes: {}, proven: to });
  });
  it("proves no other address", () => {
    expect(() => useCode(jo, "email", digits)).toThrow("Invalid verification code provided");
  });
  it("is good for one purpose", () => {
    expect(() => useCode(jo, "password", digits)).toThrow("please request a code again");
  });
  it("for a password goes by the address that is there, not by one that waits", () => {
    const old = { attribute: "email", address: "old@example.org" } as const;
    const forPassword = newCode("id of jo", "password", old);
    const waiting = { ...jo, codes: { password: forPassword.code }, pending: { email: to.address } };
    expect(useCode(waiting, "password", forPassword.digits).proven).toEqual(old);
  });
});
