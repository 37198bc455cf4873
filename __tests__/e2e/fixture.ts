import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StackOutputs } from "../../contract/pools";
import { ROOT } from "../checkout";
import { changesIn, run, succeed } from "./cdktf";
import type { Ids } from "./cloud";
import { FIXTURES_DIR } from "./global-setup";

/** A stack that only the tests deploy, from an app in `fixtures/`, by the real cdktf. */
export function fixture<Pool extends string>(name: string) {
  const output = join(FIXTURES_DIR, name);
  const folder = join(output, "stacks", `${name}-local`);
  const cdktf = (command: string, variables: NodeJS.ProcessEnv) =>
    succeed(
      run(
        join(ROOT, "node_modules/.bin/cdktf"),
        [
          ...[command, `${name}-local`, "--auto-approve", "--skip-provider-lock"],
          ...["--app", `node --import tsx __tests__/e2e/fixtures/${name}.ts`, "--output", output],
        ],
        ROOT,
        variables,
      ),
    );
  const terraform = (...args: string[]) => run("terraform", args, folder);
  return {
    /** Whether it was deployed before. */
    async exists(): Promise<boolean> {
      // Its code says nothing: Terraform only warns of a state without outputs.
      return existsSync(folder) && (await terraform("output", "pools")).output.includes("userPoolId");
    },

    /** Deploys it, and gives what Terraform printed. */
    deploy: (variables: NodeJS.ProcessEnv = {}) => cdktf("deploy", variables),

    destroy: (variables: NodeJS.ProcessEnv = {}) => cdktf("destroy", variables),

    /** The ids of its pools, once it is deployed. */
    async pools(): Promise<Record<Pool, Ids>> {
      return JSON.parse(await succeed(terraform("output", "-json"))).pools.value;
    },

    /** The same with all that it gives out of them, where it gives that out. */
    async outputs(): Promise<StackOutputs> {
      const { pools, poolNames } = JSON.parse(await succeed(terraform("output", "-json")));
      return { pools: pools.value, poolNames: poolNames.value };
    },

    /** The addresses that are in its state: none, once it is destroyed. */
    async resources(): Promise<string[]> {
      return (await succeed(terraform("state", "list"))).split("\n").filter((address) => address !== "");
    },

    /** What Terraform would still change: nothing, where a deployment was whole. */
    async planned(): Promise<string[]> {
      await succeed(terraform("plan", "-no-color", "-out", "again"));
      return changesIn(await succeed(terraform("show", "-json", "again")));
    },
  };
}
