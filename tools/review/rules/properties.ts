import { type Change, type Path, same, UNKNOWN } from "../change";
import type { Effect, Problem, Rule } from "../rule";
import { capital, thing } from "../words";
import type { World } from "../world";

/** An argument that must not become weaker. */
export interface Guarded {
  readonly types: readonly string[];
  readonly path: Path;
  /** What it is, in a sentence. */
  readonly what: string;
  /** What is weaker now, as the end of a sentence that begins with the resource. Undefined if nothing is. */
  readonly weaker: (before: unknown, after: unknown, change: Change) => string | undefined;
}

/** A rule about arguments of resources that stay. */
export function propertyRule(
  about: { readonly id: string; readonly effect?: Effect; readonly reason: string },
  guarded: readonly Guarded[],
  more: (change: Change, world: World) => readonly Problem[] = () => [],
): Rule {
  return {
    effect: "protection",
    ...about,
    check: (change, world) => [
      ...(change.kind === "update" || change.kind === "replace"
        ? guarded.flatMap((one) => weaker(one, change, world))
        : []),
      ...more(change, world),
    ],
  };
}

function weaker({ types, path, what, weaker }: Guarded, change: Change, world: World): Problem[] {
  if (!types.includes(change.type)) return [];
  const [before, after] = [change.before(...path), change.after(...path)];
  const isPartlyUnknown = Array.isArray(after) && after.some((_, index) => change.after(...path, index) === UNKNOWN);
  if (same(before, after) && !isPartlyUnknown) return [];
  if (after === UNKNOWN || isPartlyUnknown) {
    // The provider computes what nobody sets: it stays as it is.
    const isUnset = world.isSet(change, String(path[0])) === false || (before === undefined && !isPartlyUnknown);
    if (isUnset || change.kind === "replace") return [];
    return [{ text: `${capital(thing(change))}: ${what} is known only after the deployment.` }];
  }
  const text = weaker(before, after, change);
  if (text !== undefined && change.isSensitive(...path)) {
    return [{ text: `${capital(thing(change))}: ${what}, weaker than before (the value is sensitive).` }];
  }
  return text === undefined ? [] : [{ text: `${capital(thing(change))}: ${text}.` }];
}

/** `true` before, and no longer. */
export const noLonger = (text: string) => (before: unknown, after: unknown) =>
  before === true && after !== true ? text : undefined;

/** Not `true` before, and now. */
export const nowTrue = (text: string) => (before: unknown, after: unknown) =>
  before !== true && after === true ? text : undefined;

/** A value of an order, from the weakest, that comes before the old one. */
export const lower =
  (order: readonly string[], text: (after: string) => string) => (before: unknown, after: unknown) => {
    const now = typeof after === "string" && after !== "" ? after : (order[0] ?? "");
    return order.indexOf(now) < order.indexOf(String(before)) ? text(now) : undefined;
  };

/** A number that is smaller. Where there is none, the default stands for it. */
export const fewer =
  (text: (before: number, after: number) => string, whenMissing = 0) =>
  (before: unknown, after: unknown) => {
    const [old, now] = [number(before, whenMissing), number(after, whenMissing)];
    return now < old ? text(old, now) : undefined;
  };

/** A number that is larger. Where there is none, the default stands for it. */
export const more =
  (text: (before: number, after: number) => string, whenMissing = 0) =>
  (before: unknown, after: unknown) => {
    const [old, now] = [number(before, whenMissing), number(after, whenMissing)];
    return now > old ? text(old, now) : undefined;
  };

const number = (value: unknown, whenMissing: number) => (typeof value === "number" ? value : whenMissing);

/** The texts of a list. */
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

export const without = (list: unknown, other: unknown): string[] => {
  const others = texts(other);
  return texts(list).filter((item) => !others.includes(item));
};
