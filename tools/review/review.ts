import type { Change } from "./change";
import { type Estimates, type Finding, findingsOf } from "./findings";
import { isNoise } from "./noise";
import type { Plan } from "./plan";
import { inQuotes } from "./words";
import { plannedWorld } from "./world";

/** How many resources a plan creates, updates, replaces and deletes. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
}

/** What the review of an environment found. */
export interface Review {
  /** Null if neither the plan nor whoever asked for the review says it. */
  readonly environment: string | null;
  /** What a deployment would change. */
  readonly changes: readonly Change[];
  readonly counts: Counts;
  readonly findings: readonly Finding[];
  /** Why not every change is known. */
  readonly incomplete?: Plan["incomplete"];
  /** What was not looked at, each in a sentence. */
  readonly notes: readonly string[];
}

export interface ReviewOptions {
  readonly environment?: string;
  /** Reasons why a rule's findings are allowed for this plan, by the rule's id. */
  readonly allowed?: ReadonlyMap<string, string>;
  readonly estimates?: Estimates;
  /** Findings that no plan shows. */
  readonly more?: readonly Finding[];
  readonly notes?: readonly string[];
}

/** Judges the plans of an environment's stacks. */
export function review(plans: readonly Plan[], options: ReviewOptions = {}): Review {
  const { environment, allowed = new Map(), estimates, more = [], notes = [] } = options;
  const worlds = plans.map(plannedWorld);
  const changes = worlds.flatMap((world) => world.changes);
  const count = (kind: Change["kind"]) => changes.filter((change) => change.kind === kind).length;
  const found = [...plans.flatMap((plan) => findingsOf(plan, estimates)), ...more];
  const failed = plans.find(({ incomplete }) => incomplete)?.incomplete;
  return {
    environment: environment ?? plans.map(({ environment }) => environment).find((name) => name !== undefined) ?? null,
    changes: worlds.flatMap((world) => world.changes.filter((change) => isChange(change) && !isNoise(change, world))),
    counts: { create: count("create"), update: count("update"), replace: count("replace"), delete: count("delete") },
    findings: found
      .map((finding) => ({ ...finding, allowed: allowed.get(finding.rule) ?? null }))
      .sort((a, b) => compare(a.rule, b.rule) || compare(a.address, b.address) || compare(a.text, b.text)),
    ...(failed && { incomplete: failed }),
    notes,
  };
}

const isChange = ({ kind, previousAddress }: Change) => kind !== "none" || previousAddress !== undefined;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export const EXIT = { harmless: 0, unknown: 1, hurts: 3 } as const;

/** The exit code: an incomplete plan can hurt, but it cannot be harmless. */
export function exitCode({ findings, incomplete }: Review): number {
  if (findings.some(({ allowed }) => allowed === null)) return EXIT.hurts;
  return incomplete ? EXIT.unknown : EXIT.harmless;
}

/** What it means that not every change is known. */
export const toldIncomplete = (incomplete: NonNullable<Plan["incomplete"]>) =>
  incomplete === "failed"
    ? "Planning failed, so the plan does not have every change, and cannot be deployed."
    : "The plan leaves a part for later, so it does not have every change.";

/** The review for programs. */
export function toJson({ environment, counts, findings }: Review): string {
  const shown = findings.map(({ rule, address, people, text, allowed }) => {
    return { rule, address, people, text: inQuotes(text), allowed };
  });
  return JSON.stringify({ environment, changes: counts, findings: shown }, null, 2);
}
