import type { Card } from "./cards";

/** The title of the page and the sentence below it, by the pools that it shows. */
export function headlineOf(cards: readonly Card[]): { title: string; about: string } {
  const count = COUNTS[cards.length] ?? String(cards.length);
  if (cards.length === 0) return { title: "Sign up and sign in", about: "" };
  const selfSignUp = cards.some(({ pool }) => pool.selfSignUp);
  if (cards.length === 1) {
    const about = selfSignUp ? "Make an account, and sign in with it." : "Sign in with your account.";
    return { title: "One way in", about };
  }
  const all = cards.length === 2 ? "both" : "all of them";
  return {
    title: `${count} ways in`,
    about: `${selfSignUp ? makeAnAccount(cards) : "Sign in to any of them."} Each way is a user pool of its own: you can be signed in to ${all}.`,
  };
}

const COUNTS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

function makeAnAccount(cards: readonly Card[]): string {
  const [first, second, ...more] = cards.map(({ pool }) => pool);
  const open = cards.every(({ pool }) => pool.selfSignUp);
  if (open && first?.signIn === "email" && second?.anonymous && more.length === 0) {
    return "Make an account with your address, or one that stores nothing about you.";
  }
  return open ? "Make an account in any of them." : "Make an account, or sign in with yours.";
}
