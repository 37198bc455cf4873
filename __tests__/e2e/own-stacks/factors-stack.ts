import { fixture } from "../fixture";

const stack = fixture<"optional" | "required">("factors");

/** The stack of fixtures/factors.ts. */
export const FACTORS_STACK = {
  ...stack,

  /** What it gives out of its pools, deployed here if no test did it before. */
  async ready() {
    if (!(await stack.exists())) await stack.deploy();
    return (await stack.outputs()).pools;
  },
};
