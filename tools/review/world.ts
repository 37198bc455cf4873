import { Change } from "./change";
import type { Plan, PlannedChange } from "./plan";

/** Resources before and after: what a plan does to them, or what somebody did outside of Terraform. */
export class World {
  private readonly byType = new Map<string, Change[]>();

  constructor(
    readonly changes: readonly Change[],
    /** The expressions of a resource in the configuration, by its address. */
    private readonly expressions: Plan["expressions"],
  ) {
    for (const change of changes) {
      const same = this.byType.get(change.type);
      if (same) same.push(change);
      else this.byType.set(change.type, [change]);
    }
  }

  of(...types: string[]): Change[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /**
   * Whether the configuration sets an argument. Undefined where the plan does not say. Terraform also shows what the
   * provider computes as known after apply, and nobody set that.
   */
  isSet({ address }: Change, argument: string, inBlock?: string): boolean | undefined {
    const own = this.expressions.get(address.replace(/\[[^\]]*\]/g, ""));
    if (!own) return undefined;
    const value = own[argument];
    if (inBlock === undefined) return value !== undefined;
    return (
      Array.isArray(value) && value.some((block) => typeof block === "object" && block !== null && inBlock in block)
    );
  }
}

/** What a plan does. */
export function plannedWorld(plan: Plan): World {
  return new World(
    managed(plan.changes).map((change) => new Change(change)),
    plan.expressions,
  );
}

/** What happened outside of Terraform since its last run. */
export function driftedWorld(plan: Plan): World {
  const drifted = managed(plan.drift);
  const addresses = new Set(drifted.map(({ address }) => address));
  const still = managed(plan.changes)
    .filter(({ address, change }) => !addresses.has(address) && change.before)
    .map((planned) => new Change(unchanged(planned)));
  return new World([...drifted.map((change) => new Change(change)), ...still], plan.expressions);
}

const managed = (changes: readonly PlannedChange[]) => changes.filter(({ mode }) => mode === "managed");

function unchanged(planned: PlannedChange): PlannedChange {
  const { before, before_sensitive } = planned.change;
  return {
    ...planned,
    change: { actions: ["no-op"], before, after: before, before_sensitive, after_sensitive: before_sensitive },
  };
}
