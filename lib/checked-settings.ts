import type { z } from "zod";

/** A mistake in the settings. The message is one sentence for the person who wrote the settings. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/**
 * The settings with their defaults filled in.
 * @param where the name of the settings in the error sentence, such as `environments.prod`
 * @throws SettingsError naming the setting, its value and what is allowed
 */
export function checked<Schema extends z.ZodType>(schema: Schema, settings: unknown, where: string): z.output<Schema> {
  const result = schema.safeParse(settings, { error: allowed, reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues as [z.core.$ZodIssue];
  const setting = [where, ...issue.path].join(".");
  // What was given may be a secret.
  const isUnprinted = issue.code === "custom" && issue.params?.unprinted === true;
  if (issue.code === "unrecognized_keys" || isUnprinted) throw new SettingsError(`${setting} ${issue.message}.`);
  throw new SettingsError(
    issue.input === undefined
      ? `${setting} is missing: it ${issue.message}.`
      : `${setting} is ${JSON.stringify(issue.input)}, but it ${issue.message}.`,
  );
}

const TYPES: Record<string, string> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "an object of settings",
  string: "text",
};

/** The rule as text, if the schema has no text of its own. */
function allowed(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "too_small":
      return `must be ${issue.minimum} or more${issue.origin === "number" ? "" : " long"}`;
    case "too_big":
      return `must be ${issue.maximum} or less${issue.origin === "number" ? "" : " long"}`;
    default:
      return undefined;
  }
}

/** Runs a program. For a mistake in the settings it prints only the sentence, for any other error the whole error. */
export function reportMistake(program: () => void): void {
  try {
    program();
  } catch (error) {
    console.error(error instanceof SettingsError ? error.message : error);
    process.exitCode = 1;
  }
}
