import type { PageConfig, PoolConfig, PoolOutput } from "../contract/pools";
import { type PasswordFlow, type Pool, passwordFlowOf, poolOf } from "./pool";
import type { Step } from "./state";
import { type Words, wordsOf } from "./words";

/** What the page shows of one pool. */
export interface Card {
  /** The pool's name in the settings. */
  readonly name: string;
  readonly title: string;
  readonly pool: Pool;
  readonly words: Words;
  /** The attributes that a sign-up asks for, besides the user name or address to sign in with. */
  readonly attributes: PoolOutput["verifies"];
  /** Whether a sign-up needs at least one of these attributes: without it, no code could confirm the account. */
  readonly needsAttribute: boolean;
  /** How people sign in with their password. Undefined if the pool uses no password. */
  readonly passwordFlow?: PasswordFlow;
  /** The step in which people sign in. */
  readonly signInStep: "signIn" | "askCode";
  /** The first step of somebody who is not signed in. */
  readonly firstStep: "signUp" | Card["signInStep"];
  /** The stages from the sign-up to the end, each with its steps. */
  readonly stages: readonly { readonly title: string; readonly steps: readonly Step[] }[];
}

/** A card for each pool, in the order of the settings. Titles that would be equal also have the pools' names. */
export function cardsOf({ pools }: Pick<PageConfig, "pools">): Card[] {
  const cards = Object.entries(pools).map(([name, pool]) => cardOf(name, pool));
  return cards.map((card) => {
    const isUnique = cards.every((other) => other === card || other.title !== card.title);
    return isUnique ? card : { ...card, title: `${card.title}: ${card.name}` };
  });
}

function cardOf(name: string, config: PoolConfig): Card {
  const pool = poolOf(config);
  const { signIn, verifies, confirmsAtOnce } = pool;
  const passwordFlow = passwordFlowOf(pool);
  const words = wordsOf(pool, passwordFlow);
  const attributes = verifies.filter((attribute) => signIn !== "email" || attribute !== "email");
  const signInStep = passwordFlow ? "signIn" : "askCode";
  return {
    name,
    title: words.title,
    pool,
    words,
    attributes,
    // People who sign in with their email address have typed it already.
    needsAttribute: !confirmsAtOnce && attributes.length > 0 && attributes.length === verifies.length,
    passwordFlow,
    signInStep,
    firstStep: pool.selfSignUp ? "signUp" : signInStep,
    stages: stagesOf(pool),
  };
}

function stagesOf({ verifies, confirmsAtOnce, selfSignUp }: Pool): Card["stages"] {
  const asksForCode = verifies.length > 0 && !confirmsAtOnce && selfSignUp;
  const app: readonly Step[] = ["appCode", "firstApp"];
  const signIn: readonly Step[] = ["signIn", "forgot", "reset", "newPassword", "askCode", "answer", ...app];
  return [
    ...(selfSignUp ? [{ title: "Sign up", steps: ["starting", "signUp"] as const }] : []),
    ...(asksForCode ? [{ title: "Code", steps: ["confirm"] as const }] : []),
    // A user whom an administrator created may still have to type a code.
    {
      title: "Sign in",
      steps: [...(selfSignUp ? [] : ["starting" as const]), ...signIn, ...(asksForCode ? [] : ["confirm" as const])],
    },
    { title: "You", steps: ["signedIn", "newApp"] },
  ];
}
