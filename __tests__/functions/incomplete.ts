/** A value with each of its parts, at any depth, removed or null. */
export function* incomplete(
  value: object,
  rebuild: (part: object) => object = (whole) => whole,
): Generator<Record<string, unknown>> {
  for (const [key, part] of Object.entries(value)) {
    const { [key]: _, ...others } = value as Record<string, unknown>;
    yield rebuild(others) as Record<string, unknown>;
    yield rebuild({ ...value, [key]: null }) as Record<string, unknown>;
    if (part && typeof part === "object") yield* incomplete(part, (inner) => rebuild({ ...value, [key]: inner }));
  }
}
