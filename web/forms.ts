import type { PoolOutput } from "../contract/pools";
import { appForms } from "./app-forms";
import type { Card } from "./cards";
import type { Field, Form, FormContext, FormStep, OtherAction, Typed } from "./form";
import { nextMove } from "./next-move";
import { passwordHint } from "./password-hint";
import type { PoolClient } from "./pool-client";
import { Mistake } from "./problem";
import type { Move } from "./state";

/** The form of a step, for the card's pool. */
export function formOf(step: FormStep, card: Card, name: string): Form {
  return forms[step](card, name);
}

const forms: Readonly<Record<FormStep, (card: Card, name: string) => Form>> = {
  signUp: (card) => ({
    title: "Make an account",
    lead: card.words.signUpLead,
    fields: [
      { ...card.words.newName, name: "name", autoComplete: "username" },
      ...card.attributes.map((attribute) => attributeField(attribute, card)),
      ...(card.passwordFlow ? [newPassword(card)] : []),
    ],
    submit: "Sign up",
    others: [...providers(card), { label: "I have an account: sign in", run: card.signInStep }],
    send: signUp,
  }),

  confirm: ({ pool, words, signInStep }, name) => ({
    title: "Type the code",
    lead: words.confirm.lead(name),
    fields: [codeField(words)],
    submit: words.confirm.submit,
    others: [
      { label: "Send another code", run: resend },
      { label: "Sign in", run: signInStep },
      ...(pool.selfSignUp ? [{ label: words.confirm.startOver, run: "signUp" } as const] : []),
    ],
    async send({ client, name }, { code }) {
      await client.confirmSignUp(name, code);
      return { step: signInStep, notice: words.confirm.done };
    },
  }),

  signIn: (card) => ({
    title: "Sign in",
    lead:
      card.passwordFlow === "USER_PASSWORD_AUTH"
        ? "Your password is sent to the server, and kept nowhere on this page."
        : "Your password is proven to the server, and never leaves this page.",
    fields: [nameField(card), password],
    submit: "Sign in",
    others: [
      ...providers(card),
      ...(card.pool.oneTimeCode ? [{ label: "Sign in with a code by mail", run: "askCode" } as const] : []),
      ...(canRecover(card) ? [{ label: "Forgot the password", run: "forgot" } as const] : []),
      ...makeAnAccount(card),
    ],
    async send(context, { name, password }) {
      const { client } = context;
      const signedIn = ["UserAlreadyAuthenticatedException"];
      return nextMove(
        await withFallback(client.signIn(name, password), signedIn, { step: "DONE" as const }),
        context,
        name,
      );
    },
  }),

  forgot: (card) => ({
    title: "Choose a new password",
    lead: card.words.forgot.lead,
    fields: [nameField(card)],
    submit: card.words.forgot.submit,
    others: [{ label: "Back to sign-in", run: "signIn" }],
    async send({ client }, { name }) {
      await sendPasswordCode(client, name);
      return { step: "reset", name };
    },
  }),

  reset: (card, name) => ({
    title: "Choose a new password",
    lead: card.words.reset.lead(name),
    fields: [{ ...nameField(card), fixed: true }, codeField(card.words), newPassword(card)],
    submit: "Change the password",
    others: [
      { label: "Send another code", run: resendPasswordCode },
      { label: "Back to sign-in", run: "signIn" },
    ],
    async send({ client, name }, { code, password }) {
      await client.setPassword(name, code, password);
      return { step: "signIn", notice: "The new password counts from now on. Sign in with it." };
    },
  }),

  newPassword: (card) => ({
    title: "Choose your own password",
    lead: "You came with a temporary one. From now on only you will know it.",
    fields: [{ ...nameField(card), fixed: true }, newPassword(card)],
    submit: "Set the password",
    others: [{ label: "Back to sign-in", run: "signIn" }],
    send: async (context, { password }) => nextMove(await context.client.answer(password), context),
  }),

  askCode: (card) => ({
    title: "Sign in with a code",
    lead: card.words.askCode.lead,
    fields: [nameField(card)],
    submit: "Mail me a code",
    others: card.passwordFlow
      ? [{ label: "Sign in with the password", run: "signIn" }]
      : [...providers(card), ...makeAnAccount(card)],
    send: async (context, { name }) => nextMove(await context.client.askForCode(name), context, name),
  }),

  answer: (card, name) => ({
    title: "Type the code",
    lead: card.words.answer.lead(name),
    fields: [{ ...codeField(card.words), hint: "The digits from the newest mail.", digits: undefined }],
    submit: "Sign in",
    others: [{ label: "Start again", run: card.pool.oneTimeCode ? "askCode" : "signIn" }],
    send: async (context, { code }) => nextMove(await context.client.answer(code), context),
  }),

  ...appForms,
};

async function signUp({ client, card }: FormContext, typed: Typed): Promise<Move> {
  const { pool, attributes, needsAttribute } = card;
  const { name, email, phone_number } = typed;
  const [first] = attributes;
  if (needsAttribute && first && !email && !phone_number) {
    throw new Mistake(first, "Type an email address or a phone number.");
  }
  // A pool in which people type a code does not say who is in it: a known address gets the same answer as a new one.
  const known = pool.signIn === "email" && !pool.confirmsAtOnce ? ["UsernameExistsException"] : [];
  const password = card.passwordFlow ? typed.password : unknownPassword();
  const given = { email: pool.signIn === "email" ? name : email, phone_number };
  const confirmed = await withFallback(client.signUp(name, password, given), known, false);
  if (!confirmed && pool.verifies.length > 0) return { step: "confirm", name };
  const notice = confirmed
    ? `You have an account, and no code is needed. Sign in with it.${pool.recovers ? "" : " Remember the password: nobody can replace it."}`
    : "You have an account. You can sign in once an administrator has confirmed it.";
  return { step: card.signInStep, name, notice };
}

/** The way to the sign-up, in a pool where people can sign themselves up. */
const makeAnAccount = ({ pool }: Card): OtherAction[] =>
  pool.selfSignUp ? [{ label: "Make an account", run: "signUp" }] : [];

/** The names that people know of the providers that Cognito has names of its own for. */
const KNOWN_AS: Readonly<Record<string, string>> = { SignInWithApple: "Apple", LoginWithAmazon: "Amazon" };

/** A button for each identity provider, where the pool has a hosted sign-in. */
const providers = ({ pool }: Card): OtherAction[] =>
  (pool.hosted ? pool.providers : []).map((name) => ({
    label: `Continue with ${KNOWN_AS[name] ?? name}`,
    run: ({ client }) => client.leaveFor(name),
  }));

/** Whether somebody of the pool can get a code for a forgotten password. */
const canRecover = ({ pool }: Card) => pool.verifies.length > 0 && (pool.recovers || !pool.confirmsAtOnce);

/** A password that nobody needs to know, for pools that ask for one only at the sign-up. */
function unknownPassword(): string {
  const random = crypto.getRandomValues(new Uint8Array(48));
  return `aA1!${[...random].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

const nameField = ({ words }: Card): Field => ({ ...words.name, name: "name", autoComplete: "username" });

function attributeField(attribute: PoolOutput["verifies"][number], { attributes, needsAttribute }: Card): Field {
  const optional = !needsAttribute || attributes.length > 1;
  const when = needsAttribute ? "Here or below: a code will be sent to one of the two." : "You may leave it out.";
  return attribute === "email"
    ? {
        name: "email",
        label: "Email address",
        type: "email",
        autoComplete: "email",
        hint: optional ? when : "A code will be mailed to it.",
        optional,
      }
    : {
        name: "phone_number",
        label: "Phone number",
        type: "tel",
        autoComplete: "tel",
        hint: `${needsAttribute ? "" : "You may leave it out. "}With the country's code, as in +14155550123.`,
        optional,
      };
}

const password: Field = {
  name: "password",
  label: "Password",
  type: "password",
  autoComplete: "current-password",
  hint: "",
};

const newPassword = ({ pool }: Card): Field => ({
  ...password,
  label: "New password",
  autoComplete: "new-password",
  hint: passwordHint(pool),
});

const codeField = ({ message }: Card["words"]): Field => ({
  name: "code",
  label: "Code",
  type: "code",
  autoComplete: "one-time-code",
  hint: `Six digits, from the newest ${message}.`,
  digits: 6,
});

async function resend({ client, card, name }: FormContext): Promise<Move> {
  await withFallback(client.resendCode(name), ["InvalidParameterException", "UserNotFoundException"], undefined);
  return { step: "confirm", notice: card.words.confirm.sentAgain };
}

async function resendPasswordCode({ client, card, name }: FormContext): Promise<Move> {
  await sendPasswordCode(client, name);
  return { step: "reset", notice: card.words.reset.sentAgain };
}

/** Cognito refuses this for an account that cannot be recovered with a code. People see the same text in all cases. */
const sendPasswordCode = (client: PoolClient, name: string) =>
  withFallback(
    client.forgotPassword(name),
    ["InvalidParameterException", "NotAuthorizedException", "UserNotFoundException"],
    undefined,
  );

/** The result of `work`, or `fallback` if it fails with one of these errors. */
async function withFallback<T>(work: Promise<T>, errors: readonly string[], fallback: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && errors.includes(error.name)) return fallback;
    throw error;
  }
}
