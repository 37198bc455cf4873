import type { Pool } from "./pool";

const CHARACTERS = {
  lowercase: "small letters",
  uppercase: "capital letters",
  numbers: "digits",
  symbols: "signs such as ! or ?",
};

/** What a new password of the pool must have. */
export function passwordHint({ passwordLength, passwordNeeds }: Pool): string {
  const needs = passwordNeeds.map((kind) => CHARACTERS[kind]);
  const kinds = needs.length > 1 ? `${needs.slice(0, -1).join(", ")} and ${needs.at(-1)}` : needs[0];
  const length = passwordLength && `At least ${passwordLength} characters`;
  if (kinds) return `${length ? `${length}, with` : "With"} ${kinds}.`;
  return length ? `${length}: a few words are fine.` : "A few words are fine.";
}
