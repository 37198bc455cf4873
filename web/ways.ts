import type { WayName } from "./config";
import type { Step } from "./state";

/** How the page speaks of a way in. */
export interface Way {
  readonly title: string;
  readonly about: string;
  /** What people call themselves there, and the hint below it. */
  readonly name: { readonly label: string; readonly type: "email" | "text"; readonly hint: string };
  /** The steps of the way, in order, each with the forms that are part of it. */
  readonly stages: readonly { readonly title: string; readonly steps: readonly Step[] }[];
}

const signIn = { title: "Sign in", steps: ["signIn", "forgot", "reset", "newPassword", "askCode", "answer"] } as const;
const signedIn = { title: "You", steps: ["signedIn"] } as const;

export const ways: Readonly<Record<WayName, Way>> = {
  verified: {
    title: "With a verified address",
    about: "You prove that an email address is yours. If you forget the password, it gets you back in.",
    name: { label: "Email address", type: "email", hint: "A code will be mailed to it." },
    stages: [
      { title: "Sign up", steps: ["starting", "signUp"] },
      { title: "Code", steps: ["confirm"] },
      signIn,
      signedIn,
    ],
  },
  anonymous: {
    title: "Anonymous",
    about: "A name of your choice and a password, and nothing that leads back to you.",
    name: { label: "User name", type: "text", hint: "Not your real name, an address or a phone number." },
    stages: [{ title: "Sign up", steps: ["starting", "signUp"] }, signIn, signedIn],
  },
};
