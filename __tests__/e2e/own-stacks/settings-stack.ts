import type { PoolOutput } from "../../../contract/pools";
import { fixture } from "../fixture";
import { callQuery } from "../services";

type Pool = "closed" | "guarded" | "optional" | "refusing" | "registered" | "required" | "sample" | "worded";
const stack = fixture<Pool>("settings");

/** The stack of fixtures/settings.ts. */
export const SETTINGS_STACK = {
  ...stack,

  /** What it gives out of its pools, deployed here if no test did it before. */
  async ready(): Promise<Record<Pool, PoolOutput>> {
    if (!(await stack.exists())) {
      await callQuery("ses", "VerifyEmailIdentity", { EmailAddress: "no-reply@mail.example.org" });
      await stack.deploy();
    }
    return (await stack.outputs()).pools as Record<Pool, PoolOutput>;
  },
};
