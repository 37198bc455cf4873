import { fixture } from "../fixture";
import { callQuery } from "../services";

const stack = fixture<
  | ("staff" | "members" | "guests" | "customers" | "codes")
  | ("closed" | "guarded" | "optional" | "refusing" | "registered" | "required" | "sample" | "worded")
>("settings");

/** The stack of fixtures/settings.ts. */
export const SETTINGS_STACK = {
  ...stack,

  /** What it gives out, deployed here if no test did it before. */
  async ready() {
    if (!stack.exists()) {
      await callQuery("ses", "VerifyEmailIdentity", { EmailAddress: "no-reply@mail.example.org" });
      await stack.deploy();
    }
    return stack.outputs();
  },
};
