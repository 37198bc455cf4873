import { isDeepStrictEqual } from "node:util";
import type { Expected } from "./lane-list";

/** A place at which two JSON texts differ. What only one of them has is undefined in the other. */
export interface Difference {
  readonly path: readonly string[];
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** Every place, as deep as possible, at which two values of JSON differ. */
export function differences(ours: unknown, theirs: unknown, path: readonly string[] = []): Difference[] {
  if (isDeepStrictEqual(ours, theirs)) return [];
  if (!isContainer(ours) || !isContainer(theirs) || Array.isArray(ours) !== Array.isArray(theirs)) {
    return [{ path, ours, theirs }];
  }
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...keys].flatMap((key) => differences(ours[key], theirs[key], [...path, key]));
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** How often each expected difference is there, and the differences that nobody expected. */
export function sorted(found: readonly Difference[], expected: readonly Expected[]) {
  const counts = new Map(expected.map(({ name }) => [name, 0]));
  const unexpected = found.filter((difference) => {
    const match = expected.find((one) => matches(difference, one));
    if (match) counts.set(match.name, (counts.get(match.name) ?? 0) + 1);
    return !match;
  });
  return { counts, unexpected };
}

function matches({ path, ours, theirs }: Difference, expected: Expected): boolean {
  return (
    typeof ours === "string" &&
    theirs === expected.theirs &&
    path.length === expected.path.length &&
    expected.path.every((name, index) => name === "*" || name === path[index])
  );
}
