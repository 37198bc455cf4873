import { type BlockSchema, block, body, isObject, type Json, type JsonObject } from "./hcl";

/** What a provider says of its own settings, its resources and its data sources: terraform providers schema -json. */
export interface ProviderSchema {
  readonly provider?: { readonly block: BlockSchema };
  readonly resource_schemas?: Readonly<Record<string, { readonly block: BlockSchema }>>;
  readonly data_source_schemas?: Readonly<Record<string, { readonly block: BlockSchema }>>;
}

/** Terraform's own resource, which no provider names. It has no blocks. */
const BUILT_IN = "terraform_data";

/** What Terraform itself adds to each resource. */
const LIFECYCLE: BlockSchema = { block_types: { precondition: { block: {} }, postcondition: { block: {} } } };

/** The arguments whose texts are references, written without quotes. */
const REFERENCES = ["depends_on", "ignore_changes", "replace_triggered_by", "provider", "from", "to"];

/** What a stack's JSON has, and this can print. */
const PARTS = ["//", "terraform", "provider", "data", "resource", "moved", "output"];

/** The file `terraform.tf` of a stack: its providers. It is all that Terraform needs to say what they call a block. */
export function providersFile(stack: JsonObject): string {
  const { required_providers } = object(stack.terraform);
  return block("terraform", [], block("required_providers", [], body(object(required_providers), {})));
}

/**
 * The other files of a stack by their names: one for each construct of the stack, named after it.
 * @param schemas what each provider says, by its name in the stack
 */
export function constructFiles(
  stack: JsonObject,
  schemas: Readonly<Record<string, ProviderSchema>>,
): Map<string, string> {
  requireKnown(Object.keys(stack), PARTS);
  requireKnown(Object.keys(object(stack.terraform)), ["required_providers", "backend"]);
  const files = new Map<string, string>();
  const add = (file: string, content: string) => files.set(file, [files.get(file), content].filter(Boolean).join("\n"));

  for (const [type, settings] of Object.entries(object(object(stack.terraform).backend))) {
    add("backend.tf", block("terraform", [], block("backend", [type], body(object(settings), {}))));
  }
  for (const [provider, settings] of Object.entries(object(stack.provider))) {
    const schema = schemas[provider]?.provider?.block ?? {};
    for (const one of list(settings)) add("providers.tf", block("provider", [provider], body(object(one), schema)));
  }
  for (const kind of ["data", "resource"] as const) {
    for (const [type, byName] of Object.entries(object(stack[kind]))) {
      const schema = schemaOf(kind, type, schemas);
      for (const [name, content] of Object.entries(object(byName))) {
        const { metadata, checkov } = object(object(content)["//"]);
        const path = String(object(metadata).path).split("/").slice(1);
        const comments = path.length > 1 ? `# ${path.slice(1).join("/")}\n` : "";
        add(
          `${path[0]}.tf`,
          comments + block(kind, [type, name], exceptions(checkov) + resource(object(content), schema)),
        );
      }
    }
  }
  for (const move of list(stack.moved ?? [])) add("moved.tf", block("moved", [], argumentsOf(object(move))));
  for (const [name, content] of Object.entries(object(stack.output))) {
    add("outputs.tf", block("output", [name], argumentsOf(object(content))));
  }
  return files;
}

/** @throws Error when a stack has what this cannot print */
function requireKnown(parts: readonly string[], known: readonly string[]): void {
  const unknown = parts.find((part) => !known.includes(part));
  if (unknown !== undefined) throw new Error(`The stack has "${unknown}", which the export cannot print.`);
}

function schemaOf(
  kind: "data" | "resource",
  type: string,
  schemas: Readonly<Record<string, ProviderSchema>>,
): BlockSchema {
  if (type === BUILT_IN) return {};
  for (const { resource_schemas, data_source_schemas } of Object.values(schemas)) {
    const found = (kind === "data" ? data_source_schemas : resource_schemas)?.[type];
    if (found) return found.block;
  }
  throw new Error(`No provider has ${kind === "data" ? "the data source" : "the resource"} ${type}.`);
}

/** The content of a resource: first the provider's arguments, then Terraform's own. */
function resource(content: JsonObject, schema: BlockSchema): string {
  const { lifecycle, depends_on, provider, ...own } = content;
  const meta = { ...(provider !== undefined && { provider }), ...(depends_on !== undefined && { depends_on }) };
  const rules = isObject(lifecycle) ? block("lifecycle", [], argumentsOf(lifecycle, LIFECYCLE)) : "";
  return body(own, schema) + argumentsOf(meta) + rules;
}

/** The content of a block of Terraform's own. */
function argumentsOf(content: JsonObject, schema: BlockSchema = {}): string {
  const values = Object.entries(content).map(([name, value]) => [
    name,
    REFERENCES.includes(name) ? bare(value) : value,
  ]);
  return body(Object.fromEntries(values), schema);
}

/** References as expressions. */
const bare = (value: Json): Json => (Array.isArray(value) ? value.map(bare) : `\${${value}}`);

/** The rules of a scanner that a resource does not follow, as the scanner reads them in HCL. */
function exceptions(checkov: Json | undefined): string {
  const skip = list(object(checkov).skip ?? []).map(object);
  return skip.map(({ id, comment }) => `#checkov:skip=${id}:${comment}\n`).join("");
}

const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const list = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);
