import { Lazy, TerraformOutput, type TerraformStack } from "cdktf";
import type { PoolOutput, StackOutputs } from "../contract/pools";
import { UserPool } from "./user-pool";

/** Gives out every user pool of a stack by its name, and the order in which they were made. */
export function outputPools(stack: TerraformStack): void {
  // Lazy: a pool that is made after this call is in it too.
  const outputs: { [Name in keyof StackOutputs]: () => StackOutputs[Name] } = {
    pools: () => Object.fromEntries(poolsOf(stack).map(({ node, output }): [string, PoolOutput] => [node.id, output])),
    poolNames: () => poolsOf(stack).map(({ node }) => node.id),
  };
  for (const [name, produce] of Object.entries(outputs)) {
    new TerraformOutput(stack, name, { value: Lazy.anyValue({ produce }) });
  }
}

const poolsOf = (stack: TerraformStack): UserPool[] =>
  stack.node.findAll().filter((construct) => construct instanceof UserPool);
