import { Change, isObject, type Path, UNKNOWN } from "./change";
import { statementsOfDocument } from "./documents";
import type { Plan, PlannedChange } from "./plan";
import { type Statement, statementsOf } from "./policy";

/** Resources before and after: what a plan does to them, or what somebody did outside of Terraform. */
export class World {
  private readonly byType = new Map<string, Change[]>();
  private readonly documents = new Map<string, Change>();

  constructor(
    readonly changes: readonly Change[],
    /** The expressions of a resource in the configuration, by its address. */
    private readonly expressions: Plan["expressions"],
    /** The data sources that are read in the deployment. */
    data: readonly Change[] = [],
  ) {
    for (const change of changes) {
      const same = this.byType.get(change.type);
      if (same) same.push(change);
      else this.byType.set(change.type, [change]);
    }
    for (const document of data) {
      if (document.type === "aws_iam_policy_document") this.documents.set(document.address, document);
    }
  }

  of(...types: string[]): Change[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /**
   * Whether the configuration sets an argument. Undefined where the plan does not say. Terraform also shows what the
   * provider computes as known after apply, and nobody set that.
   */
  isSet(change: Change, argument: string, inBlock?: string): boolean | undefined {
    const own = this.expressionsOf(change);
    if (!own) return undefined;
    const value = own[argument];
    if (inBlock === undefined) return value !== undefined;
    return Array.isArray(value) && value.some((block) => isObject(block) && inBlock in block);
  }

  /**
   * The statements of a policy, also if Terraform reads its data source only in the deployment.
   * @returns undefined if there is no policy, or it cannot be read
   */
  policy(change: Change, when: "before" | "after", ...path: Path): readonly Statement[] | typeof UNKNOWN | undefined {
    const value = change[when](...path);
    if (value !== UNKNOWN) return statementsOf(value);
    const document = this.documentOf(change, String(path[0]));
    return (document && statementsOfDocument(document)) ?? UNKNOWN;
  }

  /** The data source that an argument takes its value from, if there is one, and nothing else. */
  private documentOf(change: Change, argument: string): Change | undefined {
    const expression = this.expressionsOf(change)?.[argument];
    if (!isObject(expression) || !Array.isArray(expression.references)) return undefined;
    const names = new Set(expression.references.map((name) => String(name).replace(/\.json$/, "")));
    const [name = ""] = names;
    const { constant_value: text } = expression;
    if (names.size !== 1 || (text !== undefined && text !== `\${${name}.json}`)) return undefined;
    const module = /^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/.exec(change.address)?.[0] ?? "";
    return this.documents.get(`${module}${name}`);
  }

  private expressionsOf({ address }: Change): Record<string, unknown> | undefined {
    return this.expressions.get(address.replace(/\[[^\]]*\]/g, ""));
  }
}

/** What a plan does. */
export function plannedWorld(plan: Plan): World {
  const data = plan.changes.filter(({ mode }) => mode === "data");
  return new World(
    managed(plan.changes),
    plan.expressions,
    data.map((change) => new Change(change)),
  );
}

/** What happened outside of Terraform since its last run. */
export function driftedWorld(plan: Plan): World {
  const drifted = managed(plan.drift);
  const addresses = new Set(drifted.map(({ address }) => address));
  const still = plan.changes
    .filter(({ mode, address, change }) => mode === "managed" && !addresses.has(address) && change.before)
    .map((planned) => new Change(unchanged(planned)));
  return new World([...drifted, ...still], plan.expressions);
}

const managed = (changes: readonly PlannedChange[]) =>
  changes.filter(({ mode }) => mode === "managed").map((change) => new Change(change));

function unchanged(planned: PlannedChange): PlannedChange {
  const { before, before_sensitive } = planned.change;
  const change = { before, after: before, before_sensitive, after_sensitive: before_sensitive };
  return { ...planned, change: { actions: ["no-op"], ...change } };
}
