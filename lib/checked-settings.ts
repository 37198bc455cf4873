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
  if (result.success) {
    refuseExpressions(settings, where);
    return result.data;
  }
  const [issue] = result.error.issues as [z.core.$ZodIssue];
  const setting = [where, ...pathOf(issue)].join(".");
  // What was given may be a secret.
  const isUnprinted = issue.code === "custom" && issue.params?.unprinted === true;
  if (issue.code === "unrecognized_keys" || isUnprinted) throw new SettingsError(`${setting} ${issue.message}.`);
  throw new SettingsError(
    issue.input === undefined
      ? `${setting} is missing: it ${issue.message}.`
      : `${setting} is ${shown(issue.input)}, but it ${issue.message}.`,
  );
}

/** Where the value is that an issue shows. With a wrong discriminator, that is the whole object. */
function pathOf({ code, path, ...issue }: z.core.$ZodIssue): PropertyKey[] {
  return code === "invalid_union" && "discriminator" in issue && path.at(-1) === issue.discriminator
    ? path.slice(0, -1)
    : path;
}

/**
 * A value in an error sentence. It may be what JSON cannot hold: people give a whole construct instead of its ARN, and
 * a construct leads to the whole app.
 */
export function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value, (_, part) => plain(part));
}

function plain(value: unknown): unknown {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  if (typeof value === "object" && value !== null && !isPlainObject(value) && !Array.isArray(value)) {
    return `a ${value.constructor?.name ?? "object"}`;
  }
  return value;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What begins an expression of Terraform in any text of its JSON. CDKTF's own are right. */
const EXPRESSION = /[$%]\{(?!TfToken\[)/;

/** @throws SettingsError when Terraform would take a text of the settings for an expression */
function refuseExpressions(settings: unknown, where: string): void {
  if (typeof settings === "string" && EXPRESSION.test(settings)) {
    throw new SettingsError(
      `${where} is ${shown(settings)}, but it must be without \${ and %{, which begin an expression of Terraform.`,
    );
  }
  if (!isPlainObject(settings) && !Array.isArray(settings)) return;
  for (const [name, value] of Object.entries(settings)) {
    refuseExpressions(name, `A name in ${where}`);
    refuseExpressions(value, `${where}.${name}`);
  }
}

const TYPES: Record<string, string> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "an object of settings",
  record: "an object with names of your own",
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
