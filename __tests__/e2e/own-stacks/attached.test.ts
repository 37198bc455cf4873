import { describeCloud, signUpTo, triggersDuring, uniqueName } from "../cloud";
import { TRIGGERS_STACK as stack } from "./triggers-stack";

describeCloud("all twelve triggers of a pool", () => {
  let pools: Awaited<ReturnType<typeof stack.pools>>;

  it("are created, and not called, before they are attached", async () => {
    await stack.prepare();
    await stack.deploy({ DETACHED: "true" });
    pools = await stack.pools();
    const runs = await triggersDuring("all", () => signUpTo(pools.all, `${uniqueName()}@example.com`));
    expect(runs).toEqual([]);
    // A pool that calls nothing shows its empty block for ever: see docs/settings.md.
    // A policy that names the pool is read again whenever the pool is updated, and comes out the same.
    const planned = (await stack.planned()).filter((change) => !/^update aws_iam_role_policy\./.test(change));
    expect(planned).toEqual([expect.stringMatching(/^update aws_cognito_user_pool\.all_pool_/)]);
  }, 300_000);

  it("are attached in a second deployment, which changes the pool alone", async () => {
    expect(await stack.deploy()).toMatch(/Apply complete! Resources: 0 added, 1 changed, 0 destroyed/);
    expect(await stack.planned()).toEqual([]);
    expect(await stack.pools()).toEqual(pools);
  }, 300_000);
});
