/** The value of a JSON text; undefined where the text is no JSON. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === "string";
export const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
export const isTextList = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
export const isTextRecord = (value: unknown): value is Record<string, string> =>
  isObject(value) && Object.values(value).every(isText);

/** Whether all texts in a value, names included, are whole: a half of a surrogate pair cannot be stored or sent. */
export function isWellFormed(value: unknown): boolean {
  // A loop, since the value may be nested more deeply than functions can call each other.
  const rest: unknown[] = [value];
  while (rest.length) {
    const next = rest.pop();
    if (isText(next) && /\p{Surrogate}/u.test(next)) return false;
    if (typeof next !== "object" || next === null) continue;
    for (const [name, part] of Object.entries(next)) rest.push(name, part);
  }
  return true;
}
