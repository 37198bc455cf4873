import { type Change, isObject } from "./change";
import { type Statement, statementsOf } from "./policy";

/**
 * What a data source `aws_iam_policy_document` will say. Terraform reads it only in the deployment if something changes
 * that it names, such as the pool, and its JSON is unknown until then. But the plan has its arguments.
 * @returns undefined if an argument is unknown, too
 */
export function statementsOfDocument(document: Change): Statement[] | undefined {
  const others = ["source_json", "override_json", "source_policy_documents", "override_policy_documents"];
  if (others.some((name) => document.hasUnknown(name) || isGiven(document.after(name)))) return undefined;
  const statements = document.after("statement");
  if (document.hasUnknown("statement") || !Array.isArray(statements)) return undefined;
  return statementsOf({ Statement: statements.map((one) => (isObject(one) ? inJson(one) : undefined)) });
}

const isGiven = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** A statement as the data source writes it. */
function inJson(statement: Record<string, unknown>): object {
  const { effect, actions, not_actions, resources, not_resources, principals, not_principals, condition } = statement;
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const one of blocks(condition)) {
    conditions[String(one.test)] = { ...conditions[String(one.test)], [String(one.variable)]: texts(one.values) };
  }
  return {
    Effect: effect ?? "Allow",
    ...given("Action", texts(actions)),
    ...given("NotAction", texts(not_actions)),
    ...given("Resource", texts(resources)),
    ...given("NotResource", texts(not_resources)),
    ...given("Principal", principalsOf(principals)),
    ...given("NotPrincipal", principalsOf(not_principals)),
    Condition: conditions,
  };
}

const given = (name: string, value: unknown) => (value === undefined ? {} : { [name]: value });

const blocks = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

/** The data source writes a variable of a policy as `&{aws:username}`. */
const texts = (value: unknown) =>
  Array.isArray(value) && value.length > 0 ? value.map((text) => String(text).replaceAll("&{", "$" + "{")) : undefined;

function principalsOf(value: unknown): unknown {
  const all = blocks(value).map(({ type, identifiers }) => [String(type), texts(identifiers) ?? []] as const);
  if (all.length === 0) return undefined;
  if (all.some(([type]) => type === "*")) return "*";
  const byType: Record<string, string[]> = {};
  for (const [type, names] of all) byType[type] = [...(byType[type] ?? []), ...names];
  return byType;
}
