import { claimsOf } from "../../../gateway/tokens/claims";
import { isVerified, overwritten, toRecord } from "../../../gateway/users/attributes";

describe("attributes", () => {
  it("that are new addresses are not verified", () => {
    const before = { email: "a@b.c", email_verified: "true" };
    expect(overwritten(before, { email: "x@y.z" })).toMatchObject({ email_verified: "false" });
    expect(overwritten(before, { email: "a@b.c" })).toEqual(before);
  });

  it("that are written empty are deleted, and with an address its flag", () => {
    const before = { email: "a@b.c", email_verified: "true", name: "J" };
    expect(overwritten(before, { email: "", name: "K" })).toEqual({ name: "K" });
    expect(overwritten(before, { name: "" })).not.toHaveProperty("name");
  });

  it.each(["True", "TRUE", "true"])("keep %s as it was written, and count as verified", (Value) => {
    const attributes = toRecord([{ Name: "email_verified", Value }]);
    expect(attributes).toEqual({ email_verified: Value });
    expect(isVerified(attributes, "email")).toBe(true);
    expect(isVerified(attributes, "phone_number")).toBe(false);
    expect(claimsOf(attributes)).toEqual({ email_verified: true });
  });
});
