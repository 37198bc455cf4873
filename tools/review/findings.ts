import type { Change } from "./change";
import type { Plan } from "./plan";
import type { Effect, People } from "./rule";
import { RULES } from "./rules";
import { withoutSecrets } from "./words";
import { driftedWorld, plannedWorld, type World } from "./world";

/** Something that hurts people, or may. */
export interface Finding {
  readonly rule: string;
  /** The resource's address in Terraform. */
  readonly address: string;
  /** How many people the pool has that it is about; null if that is not known, or it is about no pool. */
  readonly people: number | null;
  readonly text: string;
  /** Why it is allowed for this plan; null if it is not. */
  readonly allowed: string | null;
  readonly effect: Effect;
}

/** The estimated number of people of each pool, by the pool's id. */
export type Estimates = ReadonlyMap<string, number>;

/** What a plan does that hurts people, and what somebody did outside of Terraform. */
export function findingsOf(plan: Plan, estimates: Estimates = new Map()): Finding[] {
  return [
    ...judged(plannedWorld(plan), estimates),
    ...judged(driftedWorld(plan), estimates).map((finding) => ({
      ...finding,
      rule: "drift",
      text: `Somebody did this outside of Terraform: ${finding.text}`,
    })),
  ];
}

function judged(world: World, estimates: Estimates): Finding[] {
  const people: People = (id) => peopleIn(estimates.get(String(id)));
  return world.changes.flatMap((change) =>
    RULES.flatMap(({ id, effect, check }) =>
      check(change, world, people).map(({ text, about = change }) => ({
        rule: id,
        address: about.address,
        people: estimates.get(String(poolOf(about))) ?? null,
        text: withoutSecrets(text, change.secrets),
        allowed: null,
        effect,
      })),
    ),
  );
}

/** The id of the pool that a resource is, or is of. */
function poolOf(change: Change): unknown {
  return change.type === "aws_cognito_user_pool" ? change.before("id") : change.before("user_pool_id");
}

function peopleIn(count: number | undefined): string {
  if (count === undefined) return "people (number unknown)";
  return `${count.toLocaleString("en-GB")} ${count === 1 ? "person" : "people"}`;
}
