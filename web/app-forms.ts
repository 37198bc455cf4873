import { appSecret } from "./app-secret";
import type { Field, Form, FormContext } from "./form";
import { nextMove } from "./next-move";
import type { Move } from "./state";

const code: Field = {
  name: "code",
  label: "Code",
  type: "code",
  autoComplete: "one-time-code",
  hint: "The six digits that the app shows now.",
  digits: 6,
};

const setup =
  "Scan the picture with an authenticator app, or type the secret into it. Then type the code that it shows.";

/** The forms about an authenticator app, which is the second factor of a sign-in. */
export const appForms = {
  appCode: (): Form => ({
    title: "Type the code of your app",
    lead: "Your password was right. Now open your authenticator app, and type the code that it shows.",
    fields: [code],
    submit: "Sign in",
    others: [{ label: "Start again", run: "signIn" }],
    send: async (context, { code }) => nextMove(await context.client.answer(code), context),
  }),

  firstApp: (): Form => ({
    title: "Set up a second factor",
    lead: `This pool asks for one. ${setup}`,
    fields: [code],
    submit: "Set it up and sign in",
    others: [{ label: "Back to sign-in", run: "signIn" }],
    send: async (context, { code }) => nextMove(await context.client.answer(code), context),
  }),

  newApp: (): Form => ({
    title: "Set up a second factor",
    lead: setup,
    fields: [code],
    submit: "Set it up",
    others: [{ label: "Not now", run: ({ client }) => signedIn(client) }],
    async send({ client }, { code }) {
      await client.turnAppOn(code);
      return signedIn(client, "Your app is set up. From now on, a sign-in asks for its code.");
    },
  }),
};

/** Shows the secret for an app to somebody who is signed in. */
export async function askForApp({ client, site }: FormContext, account: string): Promise<Move> {
  return { step: "newApp", app: appSecret(await client.newAppSecret(), account, site) };
}

/** Turns the app off: a sign-in then asks for the password alone. */
export async function turnAppOff({ client }: FormContext): Promise<Move> {
  await client.turnAppOff();
  return signedIn(client, "Your app is off. A sign-in asks for no code of it.");
}

const signedIn = async (client: FormContext["client"], notice?: string): Promise<Move> => ({
  step: "signedIn",
  session: await client.session(),
  notice,
});
