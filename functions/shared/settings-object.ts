import { z } from "zod";

// The schemas below run at synthesis only. A handler imports `readSettings` from this file, and esbuild drops the
// rest with zod itself, which would cost more at cold start than the whole handler.

/** The environment variable that carries a trigger's settings, as JSON. */
export const SETTINGS_VARIABLE = "SETTINGS";

/**
 * The settings of the running function, as synthesis checked and wrote them; parsed, not checked again.
 * @throws Error when the function was deployed without settings
 */
export function readSettings<T>(environment: NodeJS.ProcessEnv = process.env): T {
  const json = environment[SETTINGS_VARIABLE];
  if (json === undefined) throw new Error(`the environment variable ${SETTINGS_VARIABLE} is not set`);
  return JSON.parse(json) as T;
}

/** An object of settings in which a misspelt name is an error that lists the right ones. */
export function settingsObject<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `has no setting ${issue.keys.map((key) => `"${key}"`).join(", ")}; allowed are ${Object.keys(shape).join(", ")}`
        : undefined,
  });
}
