import type { PageConfig, PoolConfig, PoolOutput } from "../contract/pools";
import { type PasswordFlow, type Pool, passwordFlowOf, poolOf } from "./pool";
import type { Step } from "./state";
import { type Words, wordsOf } from "./words";

/** What is shown of one pool. */
export interface Card {
  /** The pool's name in the settings. */
  readonly name: string;
  readonly title: string;
  readonly pool: Pool;
  readonly words: Words;
  /** The attributes that a sign-up asks for, beside what people call themselves. */
  readonly attributes: PoolOutput["verifies"];
  /** Whether it takes one of these attributes at least: without one, no code could confirm the account. */
  readonly needsAttribute: boolean;
  /** How people sign in with their password; nothing where no password is asked for. */
  readonly passwordFlow?: PasswordFlow;
  /** The step in which people sign in. */
  readonly signInStep: "signIn" | "askCode";
  /** The steps from the sign-up to the end, each with the forms that are part of it. */
  readonly stages: readonly { readonly title: string; readonly steps: readonly Step[] }[];
}

/** A card for each pool, in the order of the settings. Pools of the same kind are told apart by their names. */
export function cardsOf({ pools }: Pick<PageConfig, "pools">): Card[] {
  const cards = Object.entries(pools).map(([name, pool]) => cardOf(name, pool));
  return cards.map((card) => {
    const alone = cards.every((other) => other === card || other.title !== card.title);
    return alone ? card : { ...card, title: `${card.title}: ${card.name}` };
  });
}

function cardOf(name: string, config: PoolConfig): Card {
  const pool = poolOf(config);
  const { signIn, verifies, confirmsAtOnce } = pool;
  const passwordFlow = passwordFlowOf(pool);
  const words = wordsOf(pool, passwordFlow);
  const attributes = verifies.filter((attribute) => signIn !== "email" || attribute !== "email");
  return {
    name,
    title: words.title,
    pool,
    words,
    attributes,
    // People who sign in with their email address have given it.
    needsAttribute: !confirmsAtOnce && attributes.length > 0 && attributes.length === verifies.length,
    passwordFlow,
    signInStep: passwordFlow ? "signIn" : "askCode",
    stages: stagesOf(pool),
  };
}

function stagesOf({ verifies, confirmsAtOnce }: Pool): Card["stages"] {
  const asksForCode = verifies.length > 0 && !confirmsAtOnce;
  const signIn: readonly Step[] = ["signIn", "forgot", "reset", "newPassword", "askCode", "answer"];
  return [
    { title: "Sign up", steps: ["starting", "signUp"] },
    ...(asksForCode ? [{ title: "Code", steps: ["confirm"] as const }] : []),
    // Somebody who was made in another way may still have to type a code.
    { title: "Sign in", steps: asksForCode ? signIn : [...signIn, "confirm"] },
    { title: "You", steps: ["signedIn"] },
  ];
}
