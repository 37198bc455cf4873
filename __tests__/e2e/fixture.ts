import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PoolOutput, StackOutputs } from "../../contract/pools";
import { ROOT } from "../checkout";
import { run, succeed } from "./cdktf";
import type { Ids } from "./cloud";
import { FIXTURES_DIR } from "./global-setup";

/** @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface PlanMessage {
  readonly type: string;
  readonly change: { readonly action: string; readonly resource: { readonly addr: string } };
}

/**
 * A stack that only the tests deploy, from an app in `fixtures/`. The app and Terraform run as `cdktf deploy` runs them,
 * but without its own start and with one Terraform process for plan and apply, which takes half the time. The local
 * cloud's own stacks are deployed by cdktf.
 */
export function fixture<Pool extends string>(name: string) {
  const output = join(FIXTURES_DIR, name);
  const folder = join(output, "stacks", `${name}-local`);
  const terraform = (...args: string[]) => run("terraform", args, folder);
  const given = join(output, "outputs.json");
  const changed = (command: string, ...options: string[]) =>
    succeed(terraform(command, "-auto-approve", "-input=false", "-no-color", ...options));
  return {
    /** Whether it was deployed before. */
    exists: () => existsSync(given),

    /** Deploys it, and gives what Terraform printed. */
    async deploy(variables: NodeJS.ProcessEnv = {}): Promise<string> {
      const app = ["--import", "tsx", `__tests__/e2e/fixtures/${name}.ts`];
      await succeed(run(process.execPath, app, ROOT, { CDKTF_OUTDIR: output, ...variables }));
      await succeed(terraform("init", "-input=false"));
      const printed = await changed("apply");
      writeFileSync(given, await succeed(terraform("output", "-json")));
      return printed;
    },

    destroy: () => changed("destroy", "-refresh=false"),

    /** The ids of its pools, once it is deployed. */
    pools: (): Record<Pool, Ids> => JSON.parse(readFileSync(given, "utf8")).pools.value,

    /** The same with all that it gives out of them, where it gives that out. */
    outputs(): Omit<StackOutputs, "pools"> & { readonly pools: Readonly<Record<Pool, PoolOutput>> } {
      const { pools, poolNames } = JSON.parse(readFileSync(given, "utf8"));
      return { pools: pools.value, poolNames: poolNames.value };
    },

    /** The addresses that are in its state: none, once it is destroyed. */
    async resources(): Promise<string[]> {
      return (await succeed(terraform("state", "list"))).split("\n").filter((address) => address !== "");
    },

    /** What Terraform would still change, as `update aws_…`: nothing, where a deployment was whole. */
    async planned(): Promise<string[]> {
      const printed = (await succeed(terraform("plan", "-input=false", "-json"))).trim().split("\n");
      const messages = printed.map((line): PlanMessage => JSON.parse(line));
      return messages
        .filter(({ type, change }) => type === "planned_change" && change.action !== "read")
        .map(({ change }) => `${change.action} ${change.resource.addr}`);
    },
  };
}
