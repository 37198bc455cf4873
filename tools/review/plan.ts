import { z } from "zod";
import { ReviewError } from "./review-error";

// What the review reads of `terraform show -json <plan>`. Everything else in the plan is dropped here.
// https://developer.hashicorp.com/terraform/internals/json-format

const values = z.record(z.string(), z.unknown()).nullish();
/** `true`, or an object or list in the shape of the values. */
const marks = z.unknown().optional();

const ACTIONS = ["no-op", "create", "read", "update", "delete", "forget"] as const;

const changeSchema = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  name: z.string(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change: z.object({
    // Newer Terraform may know more of them: "could not be found out" is right then, "nothing that hurts" is not.
    actions: z.array(z.enum(ACTIONS)).min(1),
    before: values,
    after: values,
    after_unknown: marks,
    before_sensitive: marks,
    after_sensitive: marks,
    replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  }),
});

interface Module {
  resources?: { address: string; mode: string }[];
  child_modules?: Module[];
}

const moduleSchema: z.ZodType<Module> = z.lazy(() =>
  z.object({
    resources: z.array(z.object({ address: z.string(), mode: z.string() })).optional(),
    child_modules: z.array(moduleSchema).optional(),
  }),
);

interface Configuration {
  resources?: { address: string; expressions?: Record<string, unknown> }[];
  module_calls?: Record<string, { module?: Configuration }>;
}

const moduleConfigurationSchema: z.ZodType<Configuration> = z.lazy(() =>
  z.object({
    resources: z
      .array(z.object({ address: z.string(), expressions: z.record(z.string(), z.unknown()).optional() }))
      .optional(),
    module_calls: z.record(z.string(), z.object({ module: moduleConfigurationSchema.optional() })).optional(),
  }),
);

const configurationSchema = z.object({ root_module: moduleConfigurationSchema.optional() });

const planSchema = z.object({
  format_version: z.string(),
  terraform_version: z.string().optional(),
  planned_values: z.object({ root_module: moduleSchema.optional() }).optional(),
  prior_state: z.object({ values: z.object({ root_module: moduleSchema.optional() }).optional() }).optional(),
  resource_changes: z.array(changeSchema).optional(),
  resource_drift: z.array(changeSchema).optional(),
  deferred_changes: z.array(z.object({ resource_change: changeSchema })).optional(),
  configuration: configurationSchema.optional(),
  errored: z.boolean().optional(),
  complete: z.boolean().optional(),
});

export type PlannedChange = z.output<typeof changeSchema>;

/** A plan of Terraform, as far as the review reads it. */
export interface Plan {
  readonly changes: readonly PlannedChange[];
  /** What somebody changed outside of Terraform since its last run. */
  readonly drift: readonly PlannedChange[];
  /** The expressions of each resource in the configuration, by its address without an index. */
  readonly expressions: ReadonlyMap<string, Record<string, unknown>>;
  /** The environment, by the tags that lib/terraform.ts gives every resource. */
  readonly environment?: string;
  /** Whether the plan does not have every change: planning failed on the way, or left something for later. */
  readonly incomplete?: "failed" | "partial";
}

/**
 * Reads what `terraform show -json <plan>` printed.
 * @param name the file, in the sentence of an error
 * @throws ReviewError when it is no plan, or only a part of one
 */
export function readPlan(text: string, name: string): Plan {
  const json = parsed(text, name);
  const result = planSchema.safeParse(json);
  if (!result.success) throw new ReviewError(`${name} is no plan: ${firstIssue(result.error)}. ${HOW}`);
  const { data } = result;
  if (data.format_version.split(".")[0] !== "1") {
    throw new ReviewError(`${name} has the format ${shortened(data.format_version)}, but the review reads format 1.`);
  }
  // A state has the same form without changes. Terraform leaves the changes out only where there is no resource at all.
  if (!data.planned_values && !data.resource_changes) {
    throw new ReviewError(`${name} is no plan: it has neither resource_changes nor planned_values. ${HOW}`);
  }
  const changes = data.resource_changes ?? [];
  const listed = new Set(changes.flatMap(({ address, previous_address }) => [address, previous_address]));
  const known = [data.planned_values?.root_module, data.prior_state?.values?.root_module].flatMap(addressesIn);
  if (!data.resource_changes && known.length > 0) {
    throw new ReviewError(
      `${name} has no resource_changes: it is only a part of a plan, or was made with -refresh-only. ${HOW}`,
    );
  }
  const missing = new Set(known.filter((address) => !listed.has(address))).size;
  // A plan that failed lacks some of them, and says so.
  if (missing > 0 && !data.errored) {
    throw new ReviewError(
      `${name} is only a part of a plan: resource_changes lacks ${missing} of its resources. ${HOW}`,
    );
  }
  const deferred = data.deferred_changes ?? [];
  const partial = data.complete === false || deferred.length > 0;
  return {
    changes: [...changes, ...deferred.map(({ resource_change }) => resource_change)],
    drift: data.resource_drift ?? [],
    expressions: new Map(expressionsIn(data.configuration?.root_module, "")),
    environment: environmentOf(changes),
    ...(data.errored ? { incomplete: "failed" } : partial && { incomplete: "partial" }),
  };
}

const HOW = "Make it with terraform plan -out=<plan>, then terraform show -json <plan>.";

function parsed(text: string, name: string): unknown {
  const json = text.replace(/^\uFEFF/, "").trim();
  if (json === "") throw new ReviewError(`${name} is empty. ${HOW}`);
  if (json.startsWith("PK")) throw new ReviewError(`${name} is a plan in Terraform's own form, not JSON. ${HOW}`);
  try {
    return JSON.parse(json);
  } catch {
    // Without the parser's own words, which may quote the plan.
    throw new ReviewError(`${name} is not JSON, or is cut off. ${HOW}`);
  }
}

function addressesIn(module: Module | undefined): string[] {
  if (!module) return [];
  const own = (module.resources ?? []).filter(({ mode }) => mode === "managed").map(({ address }) => address);
  return [...own, ...(module.child_modules ?? []).flatMap(addressesIn)];
}

function expressionsIn(module: Configuration | undefined, prefix: string): [string, Record<string, unknown>][] {
  if (!module) return [];
  const own = (module.resources ?? []).map(
    ({ address, expressions = {} }) => [`${prefix}${address}`, expressions] as [string, Record<string, unknown>],
  );
  const called = Object.entries(module.module_calls ?? {});
  return [...own, ...called.flatMap(([name, call]) => expressionsIn(call.module, `${prefix}module.${name}.`))];
}

function environmentOf(changes: readonly PlannedChange[]): string | undefined {
  for (const { change } of changes) {
    const tags = change.after?.tags_all ?? change.before?.tags_all;
    const name = typeof tags === "object" && tags !== null && "environment" in tags ? tags.environment : undefined;
    if (typeof name === "string" && /^[a-z][a-z0-9-]{0,15}$/.test(name)) return name;
  }
  return undefined;
}

/** Where the plan is not as it should be, and how. Never with a value of it, which may be a secret. */
function firstIssue({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join(".") || "the file";
  return `${shortened(path)} is not as Terraform writes it`;
}

const shortened = (text: string) => JSON.stringify(text.slice(0, 80));
