type Parts = Record<string, unknown>;

/** A value with each of its parts, at any depth, removed or null; a list's entries are parts too. */
export function* incomplete(value: object, rebuild: (part: unknown) => unknown = (whole) => whole): Generator<Parts> {
  const like = (parts: [string, unknown][]) =>
    Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
  const parts = Object.entries(value) as [string, unknown][];
  for (const [at, [key, part]] of parts.entries()) {
    yield rebuild(like(parts.toSpliced(at, 1))) as Parts;
    yield rebuild(like(parts.with(at, [key, null]))) as Parts;
    if (part && typeof part === "object") {
      yield* incomplete(part, (inner) => rebuild(like(parts.with(at, [key, inner]))));
    }
  }
}
