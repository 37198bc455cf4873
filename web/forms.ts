import type { PoolConfig, WayName } from "./config";
import type { Pool, SignInStep } from "./pool";
import { Mistake } from "./problem";
import type { FieldName, Move, Step } from "./state";
import { ways } from "./ways";

/** What a form is sent with, and by whom. */
export interface At {
  readonly pool: Pool;
  readonly way: WayName;
  readonly step: Step;
  readonly name: string;
}

export type Typed = Readonly<Record<FieldName, string>>;

export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly type: "email" | "text" | "password" | "code";
  /** What password managers and keyboards go by. */
  readonly autoComplete: "username" | "new-password" | "current-password" | "one-time-code";
  readonly hint: string;
  /**
   * How many digits a code has.
   * @default any number: it is for the pool's functions to say
   */
  readonly digits?: number;
  /** Shown, for people and password managers to see whose password it is, and not to be changed here. */
  readonly fixed?: boolean;
}

/** Something else than to send the form: another step, or a small request that stays at this one. */
export interface Other {
  readonly label: string;
  readonly run: Step | ((at: At) => Promise<Move>);
}

/** One step that people fill in. */
export interface Form {
  readonly title: string;
  readonly lead: string;
  readonly fields: readonly Field[];
  readonly submit: string;
  readonly others: readonly Other[];
  readonly send: (at: At, typed: Typed) => Promise<Move>;
}

export type FormStep = Exclude<Step, "starting" | "signedIn">;

/** The form of a step, as the way and its pool want it. */
export function formOf(step: FormStep, way: WayName, pool: PoolConfig, name: string): Form {
  return forms[step]({ way, pool, name });
}

interface Circumstances {
  readonly way: WayName;
  readonly pool: PoolConfig;
  readonly name: string;
}

const forms: Readonly<Record<FormStep, (circumstances: Circumstances) => Form>> = {
  signUp: ({ way, pool }) => ({
    title: "Make an account",
    lead:
      way === "verified"
        ? "An address and a password are all it takes."
        : "Nothing else is asked for, and nothing else is stored: no address, no phone number, no real name. Nobody can find a lost password for you.",
    fields: [nameField(way), newPassword(pool)],
    submit: "Sign up",
    others: [{ label: "I have an account: sign in", run: "signIn" }],
    async send({ pool }, { name, password }) {
      // The verified pool does not say who is in it: a known address gets the same answer as a new one.
      const known = way === "verified" ? ["UsernameExistsException"] : [];
      if (!(await unless(pool.signUp(name, password), known, false))) return { step: "confirm", name };
      return { step: "signIn", name, notice: "You have an account, and no code is needed. Sign in with it." };
    },
  }),

  confirm: ({ name }) => ({
    title: "Type the code",
    lead: `If ${name} can have an account, a mail with six digits is on its way. No mail? Perhaps it has one already.`,
    fields: [code],
    submit: "Confirm the address",
    others: [
      { label: "Send another code", run: resend },
      { label: "Sign in", run: "signIn" },
      { label: "Use another address", run: "signUp" },
    ],
    async send({ pool, name }, { code }) {
      await pool.confirmSignUp(name, code);
      return { step: "signIn", notice: "The address is proven to be yours. Sign in with it." };
    },
  }),

  signIn: ({ way, pool }) => ({
    title: "Sign in",
    lead: "Your password is proven to the server, and never leaves this page.",
    fields: [{ ...nameField(way), hint: "" }, password],
    submit: "Sign in",
    others: [
      ...(pool.oneTimeCode ? [{ label: "Sign in with a code by mail", run: "askCode" } as const] : []),
      ...(way === "verified" ? [{ label: "Forgot the password", run: "forgot" } as const] : []),
      { label: "Make an account", run: "signUp" },
    ],
    async send(at, { name, password }) {
      const step = await unless(at.pool.signIn(name, password), ["UserAlreadyAuthenticatedException"], "DONE" as const);
      return after(step, at, name);
    },
  }),

  forgot: ({ way }) => ({
    title: "Choose a new password",
    lead: "A code will be mailed to your address, if it belongs to an account.",
    fields: [{ ...nameField(way), hint: "" }],
    submit: "Mail me a code",
    others: [{ label: "Back to sign-in", run: "signIn" }],
    async send({ pool }, { name }) {
      await mailPasswordCode(pool, name);
      return { step: "reset", name };
    },
  }),

  reset: ({ way, pool, name }) => ({
    title: "Choose a new password",
    lead: `If ${name} belongs to an account, a mail with six digits is on its way there.`,
    fields: [{ ...nameField(way), hint: "", fixed: true }, code, newPassword(pool)],
    submit: "Change the password",
    others: [
      { label: "Send another code", run: resendPasswordCode },
      { label: "Back to sign-in", run: "signIn" },
    ],
    async send({ pool, name }, { code, password }) {
      await pool.setPassword(name, code, password);
      return { step: "signIn", notice: "The new password counts from now on. Sign in with it." };
    },
  }),

  newPassword: ({ way, pool }) => ({
    title: "Choose your own password",
    lead: "You came with a temporary one. From now on only you will know it.",
    fields: [{ ...nameField(way), hint: "", fixed: true }, newPassword(pool)],
    submit: "Set the password",
    others: [{ label: "Back to sign-in", run: "signIn" }],
    send: async (at, { password }) => after(await at.pool.answer(password), at),
  }),

  askCode: ({ way }) => ({
    title: "Sign in with a code",
    lead: "Instead of a password: a code by mail, good for a few minutes.",
    fields: [{ ...nameField(way), hint: "" }],
    submit: "Mail me a code",
    others: [{ label: "Sign in with the password", run: "signIn" }],
    send: async (at, { name }) => after(await at.pool.askForCode(name), at, name),
  }),

  answer: ({ name }) => ({
    title: "Type the code",
    lead: `If ${name} belongs to an account, a mail with a code is on its way there.`,
    fields: [{ ...code, hint: "The digits from the newest mail.", digits: undefined }],
    submit: "Sign in",
    others: [{ label: "Start again", run: "askCode" }],
    send: async (at, { code }) => after(await at.pool.answer(code), at),
  }),
};

const nameField = (way: WayName): Field => ({ ...ways[way].name, name: "name", autoComplete: "username" });

const password: Field = {
  name: "password",
  label: "Password",
  type: "password",
  autoComplete: "current-password",
  hint: "",
};

const newPassword = ({ passwordLength }: PoolConfig): Field => ({
  ...password,
  label: "New password",
  autoComplete: "new-password",
  hint: passwordLength ? `At least ${passwordLength} characters: a few words are fine.` : "A few words are fine.",
});

const code: Field = {
  name: "code",
  label: "Code",
  type: "code",
  autoComplete: "one-time-code",
  hint: "Six digits, from the newest mail.",
  digits: 6,
};

/** Where Cognito's answer to a sign-in leads. */
async function after(asked: SignInStep, { pool, step }: At, name?: string): Promise<Move> {
  switch (asked) {
    case "DONE":
      return { step: "signedIn", name, session: await pool.session() };
    case "CONFIRM_SIGN_UP":
      return { step: "confirm", name, notice: "This address is not proven yet: type the code that was mailed to it." };
    case "RESET_PASSWORD":
      return { step: "reset", name, notice: "This account needs a new password." };
    case "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED":
      return { step: "newPassword", name };
    case "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE":
      // Asked once more, it was not right.
      if (step === "answer") throw new Mistake("code", "This code is not right. Type the one from the newest mail.");
      return { step: "answer", name };
    default:
      throw new Error(`this account needs a second factor, which this page does not ask for (${asked})`);
  }
}

async function resend({ pool, name }: At): Promise<Move> {
  await unless(pool.resendCode(name), ["InvalidParameterException", "UserNotFoundException"], undefined);
  return {
    step: "confirm",
    notice: "If this address waits for a code, another one is on its way. Only the newest counts.",
  };
}

async function resendPasswordCode({ pool, name }: At): Promise<Move> {
  await mailPasswordCode(pool, name);
  return {
    step: "reset",
    notice: "If this is an account's address, another code is on its way. Only the newest counts.",
  };
}

/** Cognito answers in other words for an account that cannot be recovered by mail; people get the same ones. */
const mailPasswordCode = (pool: Pool, name: string) =>
  unless(
    pool.forgotPassword(name),
    ["InvalidParameterException", "NotAuthorizedException", "UserNotFoundException"],
    undefined,
  );

/** The result of `work`, or `instead` where it fails with one of these errors. */
async function unless<T>(work: Promise<T>, errors: readonly string[], instead: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && errors.includes(error.name)) return instead;
    throw error;
  }
}
