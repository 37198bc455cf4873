import type { Change } from "./change";
import type { World } from "./world";

/** What a rule finds. */
export interface Problem {
  /** The resource that it is about, in Terraform's words. @default the changed one */
  readonly about?: Change;
  /** A sentence for people. */
  readonly text: string;
}

/** What happens to people if nobody looks: lost accounts or data, no way in, or a weaker protection. */
export type Effect = "loss" | "access" | "protection";

/** Something that must not change without a decision. docs/review.md has an entry for each, with its id as heading. */
export interface Rule {
  readonly id: string;
  readonly effect: Effect;
  /** Why it matters, in one sentence. */
  readonly reason: string;
  readonly check: (change: Change, world: World, people: People) => readonly Problem[];
}

/** The number of people in a pool, in words, as `41,302 people`. */
export type People = (poolId: unknown) => string;
