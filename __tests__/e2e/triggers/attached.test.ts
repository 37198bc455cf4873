import { describeCloud, signUpTo, triggersDuring, uniqueName } from "../cloud";
import { TRIGGERS_STACK as stack } from "./triggers-stack";

describeCloud("all twelve triggers of a pool", () => {
  let pools: ReturnType<typeof stack.pools>;

  it("are created, and not called, before they are attached", async () => {
    await stack.prepare();
    await stack.deploy({ DETACHED: "true" });
    pools = stack.pools();
    const runs = await triggersDuring("all", () => signUpTo(pools.all, `${uniqueName()}@example.com`));
    expect(runs).toEqual([]);
  }, 300_000);

  it("are attached in a second deployment, which changes the pool alone", async () => {
    expect(await stack.deploy()).toMatch(/Apply complete! Resources: 0 added, 1 changed, 0 destroyed/);
    expect(await stack.planned()).toEqual([]);
    expect(stack.pools()).toEqual(pools);
  }, 300_000);
});
