import { newCode, useCode } from "../../../gateway/messages/codes";
import type { User } from "../../../gateway/users/user";

describe("a code", () => {
  const to = { attribute: "email", address: "new@example.org" } as const;
  const { digits, stored } = newCode("id of jo", "email", to);
  const jo: User = {
    username: "jo",
    sub: "id of jo",
    status: "CONFIRMED",
    enabled: true,
    attributes: { email: "old@example.org" },
    codes: { email: stored },
    created: 0,
    modified: 0,
  };

  it("is used up by the address that it was sent to, and verifies that one", () => {
    expect(useCode({ ...jo, pending: { email: to.address } }, "email", digits)).toEqual({ codes: {}, verified: to });
  });
  it("verifies no other address", () => {
    expect(() => useCode(jo, "email", digits)).toThrow("Invalid verification code provided");
  });
  it("is good for one purpose", () => {
    expect(() => useCode(jo, "password", digits)).toThrow("please request a code again");
  });
  it("for a password goes by the address that is there, not by one that is pending", () => {
    const old = { attribute: "email", address: "old@example.org" } as const;
    const forPassword = newCode("id of jo", "password", old);
    const waiting = { ...jo, codes: { password: forPassword.stored }, pending: { email: to.address } };
    expect(useCode(waiting, "password", forPassword.digits).verified).toEqual(old);
  });
});
