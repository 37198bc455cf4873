import type { PasswordFlow, Pool } from "./pool";

/** The texts that differ between pools. */
export interface Words {
  readonly title: string;
  readonly about: string;
  readonly signUpLead: string;
  /** The field of the user name or address, at a sign-up. */
  readonly newName: NameWords;
  /** The same field in all other steps. */
  readonly name: NameWords;
  /** The message with a code, as in "the newest mail", and the verb, as in "the code that was mailed to you". */
  readonly message: string;
  readonly sent: string;
  readonly wrongPassword: string;
  readonly nameTaken: string;
  readonly confirm: {
    readonly lead: (name: string) => string;
    readonly submit: string;
    readonly startOver: string;
    readonly done: string;
    readonly stillNeeded: string;
    readonly sentAgain: string;
  };
  readonly forgot: { readonly lead: string; readonly submit: string };
  readonly reset: { readonly lead: (name: string) => string; readonly sentAgain: string };
  readonly askCode: { readonly lead: string };
  readonly answer: { readonly lead: (name: string) => string };
}

interface NameWords {
  readonly label: string;
  readonly type: "email" | "text";
  readonly hint: string;
}

/** Words about where codes are sent, by what the pool verifies. */
interface Contact {
  /** As in "the address that you gave". */
  readonly noun: string;
  /** As in "With a user name or an address". */
  readonly besideUserName: string;
  readonly message: string;
  readonly sent: string;
  /** As in "Mail me a code". */
  readonly send: string;
}

const EMAIL: Contact = {
  noun: "address",
  besideUserName: " or an address",
  message: "mail",
  sent: "mailed",
  send: "Mail",
};
const PHONE: Contact = {
  noun: "phone number",
  besideUserName: " or a phone number",
  message: "text message",
  sent: "sent",
  send: "Send",
};
const EITHER: Contact = {
  noun: "address or phone number",
  besideUserName: ", address or phone number",
  message: "message",
  sent: "sent",
  send: "Send",
};

/** The texts of a pool, by how people sign in to it. */
export function wordsOf(pool: Pool, passwordFlow: PasswordFlow | undefined): Words {
  const words = pool.signIn === "email" ? addressWords(pool, passwordFlow) : userNameWords(pool, passwordFlow);
  return pool.selfSignUp ? words : { ...words, about: "An administrator makes the accounts of this pool." };
}

function contactOf({ verifies }: Pool): Contact {
  if (verifies.length > 1) return EITHER;
  return verifies[0] === "phone_number" ? PHONE : EMAIL;
}

/** For people who sign in with their email address. The texts must not show whether an address has an account. */
function addressWords(pool: Pool, passwordFlow: PasswordFlow | undefined): Words {
  const { message, sent, send } = contactOf(pool);
  const proven = pool.verifies.includes("email") && !pool.confirmsAtOnce;
  const address = { label: "Email address", type: "email" } as const;
  const about = proven
    ? "You prove that an email address is yours."
    : "An email address lets you in, and no code is asked for when you sign up.";
  return {
    title: proven ? "With a verified address" : "With an email address",
    about: passwordFlow
      ? `${about} ${lostPassword(pool)}`
      : `${about} Codes that are mailed to it sign you in: there is no password.`,
    signUpLead: passwordFlow
      ? "An address and a password are all it takes."
      : "An address is all it takes: you need no password.",
    newName: { ...address, hint: proven || !passwordFlow ? "A code will be mailed to it." : "" },
    name: { ...address, hint: "" },
    message,
    sent,
    wrongPassword: "The address or the password is wrong.",
    nameTaken: "This address has an account. Sign in with it.",
    confirm: {
      lead: (name) =>
        `If ${name} can have an account, a ${message} with six digits is on its way. No ${message}? Perhaps it has one already.`,
      submit: "Confirm the address",
      startOver: "Use another address",
      done: "The address is proven to be yours. Sign in with it.",
      stillNeeded: `This address is not proven yet: type the code that was ${sent} to ${message === "mail" ? "it" : "you"}.`,
      sentAgain: "If this address waits for a code, another one is on its way. Only the newest counts.",
    },
    forgot: {
      lead: codeLead(
        pool,
        message === "mail"
          ? "A code will be mailed to your address, if it belongs to an account."
          : "A code will be sent to you, if your address belongs to an account.",
      ),
      submit: `${send} me a code`,
    },
    reset: {
      lead: (name) =>
        `If ${name} belongs to an account, a ${message} with six digits is on its way${message === "mail" ? " there" : ""}.`,
      sentAgain: "If this is an account's address, another code is on its way. Only the newest counts.",
    },
    askCode: { lead: askCodeLead(pool, passwordFlow) },
    answer: { lead: (name) => `If ${name} belongs to an account, a mail with a code is on its way there.` },
  };
}

/** What a person can do about a forgotten password, in a pool where people sign in with their address. */
function lostPassword({ recovers, confirmsAtOnce }: Pool): string {
  if (recovers) return "If you forget the password, it gets you back in.";
  return confirmsAtOnce
    ? "Nobody can replace a forgotten password."
    : "If no code was asked for, nobody can replace a forgotten password.";
}

/** Says whom a code does not reach: Cognito sends one only to a proven address, and answers as if it had. */
const codeLead = ({ recovers }: Pool, lead: string) =>
  recovers ? lead : `${lead} No code is sent if none was asked for when you signed up.`;

const askCodeLead = (pool: Pool, passwordFlow: PasswordFlow | undefined) =>
  codeLead(pool, `${passwordFlow ? "Instead of a password: a" : "A"} code by mail, good for a few minutes.`);

/** For people who choose a user name. They may have an address too. */
function userNameWords(pool: Pool, passwordFlow: PasswordFlow | undefined): Words {
  const contact = contactOf(pool);
  const { noun, message, sent, send } = contact;
  const alias = pool.verifies.length > 0;
  const newName = { label: "User name", type: "text", hint: userNameHint(pool) } as const;
  return {
    ...userNameTitle(pool, contact),
    signUpLead: userNameLead(pool, passwordFlow),
    newName,
    name: { ...newName, label: alias ? labelOf(pool) : newName.label, hint: "" },
    message,
    sent,
    wrongPassword: `The ${alias ? "name" : "user name"} or the password is wrong.`,
    nameTaken: "This user name is taken. Choose another one.",
    confirm: {
      lead: () => `A ${message} with six digits is on its way to the ${noun} that you gave.`,
      submit: "Confirm the account",
      startOver: "Start again",
      done: "The account is confirmed. Sign in with it.",
      stillNeeded: alias
        ? `This account is not confirmed yet: type the code that was ${sent} to you.`
        : "This account waits for an administrator to confirm it.",
      sentAgain: "If this account waits for a code, another one is on its way. Only the newest counts.",
    },
    forgot: {
      lead: codeLead(pool, `A code will be ${sent} to the ${noun} of the account, if there is one.`),
      submit: `${send} me a code`,
    },
    reset: {
      lead: (name) => `If ${name} belongs to an account, a ${message} with six digits is on its way to its owner.`,
      sentAgain: "If this is an account's name, another code is on its way. Only the newest counts.",
    },
    askCode: { lead: askCodeLead(pool, passwordFlow) },
    answer: { lead: (name) => `If ${name} belongs to an account, a mail with a code is on its way to its owner.` },
  };
}

function userNameTitle(
  { anonymous, verifies }: Pool,
  { noun, besideUserName }: Contact,
): Pick<Words, "title" | "about"> {
  if (anonymous) {
    return {
      title: "Anonymous",
      about: "A name of your choice and a password, and nothing that leads back to you.",
    };
  }
  if (verifies.length === 0) {
    return { title: "With a user name", about: "A name of your choice and a password. No address is asked for." };
  }
  return {
    title: `With a user name${besideUserName}`,
    about: `You choose a user name. With your ${noun} you can sign in too, once it is proven to be yours.`,
  };
}

function userNameHint({ signIn, anonymous }: Pool): string {
  if (anonymous) return "Not your real name, an address or a phone number.";
  return signIn === "username-or-alias" ? "Not an address or a phone number." : "";
}

function userNameLead({ anonymous, verifies, confirmsAtOnce }: Pool, passwordFlow: PasswordFlow | undefined): string {
  if (anonymous) {
    return "Nothing else is asked for, and nothing else is stored: no address, no phone number, no real name. Nobody can find a lost password for you.";
  }
  if (verifies.length === 0)
    return "A user name and a password are all it takes. An administrator alone can replace a lost one.";
  const password = passwordFlow ? "It takes a user name and a password" : "It takes a user name, and no password";
  return confirmsAtOnce ? `${password}; the rest is up to you.` : `${password}, and a code to confirm the account.`;
}

/** The label of the name field at a sign-in, as in "User name, email address or phone number". */
function labelOf({ verifies }: Pool): string {
  const names = ["User name", ...verifies.map((attribute) => ATTRIBUTE_NAMES[attribute])];
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

const ATTRIBUTE_NAMES = { email: "email address", phone_number: "phone number" };
