import { MOST_CHARACTERS } from "../../contract/attributes";
import { keyOf } from "../shared/legacy-directory";
import { isUserName } from "../shared/users";
import type { Migrated } from "./profile";
import type { Settings } from "./settings";

/** How Cognito writes the attributes whose text it checks. It takes any text for the others. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  // Cognito's own rule is not documented. This one accepts what mail programs send to without quotes.
  email: /^[^\s\p{Cc}@<>(),;:"[\]\\]+@[^\s\p{Cc}@.<>(),;:"[\]\\]+(\.[^\s\p{Cc}@.<>(),;:"[\]\\]+)+$/u,
  phone_number: /^\+[1-9]\d{1,14}$/,
  birthdate: /^\d{4}-\d{2}-\d{2}$/,
  updated_at: /^\d{1,15}$/,
};

const mostCharacters = (name: string) => MOST_CHARACTERS[name.startsWith("custom:") ? "custom" : "standard"];

type Pool = Pick<Settings, "signIn" | "requires">;

/**
 * Why Cognito would not accept this person. It would answer with an error that an unknown person does not get, so the
 * function must not offer such a person to Cognito.
 * @returns the reason, without any value of the person; undefined if the person fits
 */
export function misfit({ typed, profile, userName }: Migrated, { signIn, requires }: Pool): string | undefined {
  for (const [name, value] of Object.entries(profile)) {
    if (value.length > mostCharacters(name)) return `${name} is too long`;
    if (FORMATS[name]?.test(value) === false) return `${name} has a wrong format`;
  }
  const missing = requires.find((name) => !profile[name]);
  if (missing) return `${missing} is missing`;

  const contact = contactOf(typed);
  if (signIn === "username") return undefined;
  if (signIn === "email" && contact !== "email") return "the typed name is no address";
  if (!contact) return undefined;
  if (!isSame(profile[contact])) return `${contact} is another one`;
  // Cognito accepts no address as the user name in a pool where addresses are aliases.
  if (signIn === "username-or-alias" && !isPlainName(userName)) return "the user name is missing or has a wrong format";
  return undefined;

  function isSame(value: string | undefined): boolean {
    return value !== undefined && keyOf(value) === keyOf(typed);
  }
}

/** The attribute that a typed name would be, if it is an address or a phone number. */
export function contactOf(typed: string): "email" | "phone_number" | undefined {
  if (typed.includes("@")) return "email";
  return FORMATS.phone_number?.test(typed.trim()) ? "phone_number" : undefined;
}

const isPlainName = (name?: string) => name !== undefined && isUserName(name) && !contactOf(name);
