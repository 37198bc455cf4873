import { describeCloud } from "../cloud";
import { leaksIn, logs } from "../logs";
import { TRIGGERS_STACK as stack } from "./triggers-stack";

// The last test with this stack, by its name.
describeCloud("the stack of all triggers", () => {
  it("logged no password, code, token, name, address or phone number that the tests used", async () => {
    await stack.ready();
    const all = await logs("/aws/lambda/identity-triggers-");
    expect(all.size).toBeGreaterThanOrEqual(12);
    expect(leaksIn(all)).toEqual([]);
  }, 300_000);

  it("leaves nothing after it is destroyed", async () => {
    expect((await stack.resources()).length).toBeGreaterThan(100);
    const output = await stack.destroy();
    expect(output).toMatch(/Destroy complete! Resources: \d+ destroyed/);
    expect(await stack.resources()).toEqual([]);
  }, 300_000);
});
