import { overwritten, toRecord } from "../../../gateway/users/attributes";

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

  it("say in lower case whether an address is verified", () => {
    const list = [
      { Name: "email_verified", Value: "True" },
      { Name: "name", Value: "True" },
    ];
    expect(toRecord(list)).toEqual({ email_verified: "true", name: "True" });
  });
});
