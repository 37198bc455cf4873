/** A value with each of its parts, at any depth, removed or null. A list stays a list. */
export function* incomplete(
  value: object,
  rebuild: (part: object) => object = (whole) => whole,
): Generator<Record<string, unknown>> {
  const like = (entries: [string, unknown][]) =>
    rebuild(Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries));
  const parts = Object.entries(value);
  for (const [at, [key, part]] of parts.entries()) {
    yield like(parts.toSpliced(at, 1)) as Record<string, unknown>;
    yield like(parts.with(at, [key, null])) as Record<string, unknown>;
    if (part && typeof part === "object") yield* incomplete(part, (inner) => like(parts.with(at, [key, inner])));
  }
}
