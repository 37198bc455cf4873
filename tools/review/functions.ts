import { type Change, UNKNOWN } from "./change";

// A function's name or ARN, as Terraform's arguments take it: `name`, `name:version`, `account:function:name` or an ARN.
// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html

/** A function, by its name alone, and the version or alias of it that is called. */
interface Target {
  readonly name: string;
  readonly qualifier: string | undefined;
}

/** What an argument, or the ARN in a slot, names. A resource policy of Lambda is of one version or alias. */
function targetOf(text: string, qualifier?: unknown): Target {
  const parts = text.split(":");
  const at = text.startsWith("arn:") ? 6 : parts.includes("function") ? parts.indexOf("function") + 1 : 0;
  const version = typeof qualifier === "string" && qualifier !== "" ? qualifier : parts[at + 1];
  return { name: parts[at] ?? text, qualifier: version === "$LATEST" ? undefined : version };
}

/** The name of a function alone. */
export const nameIn = (text: string) => targetOf(text).name;

/** The ARN without a version or alias: the function, in its account and Region. */
export const functionOf = (arn: string) => arn.split(":").slice(0, 7).join(":");

/** The account and Region in an ARN. */
const placeOf = (arn: unknown) => String(arn).split(":").slice(3, 5).join(":");

/** Whether the permission, before or afterwards, is for what a pool calls by this ARN. */
export function isFor(permission: Change, when: "before" | "after", arn: string, pool: Change): boolean {
  const name = permission[when]("function_name");
  if (typeof name !== "string") return false;
  const [given, called] = [targetOf(name, permission[when]("qualifier")), targetOf(arn)];
  // A name alone is one of the deployment's own account, where the pool is, too.
  const isElsewhere = pool.before("arn") !== undefined && placeOf(arn) !== placeOf(pool.before("arn"));
  const place = name.startsWith("arn:") ? functionOf(name) === functionOf(arn) : !isElsewhere;
  return place && given.name === called.name && given.qualifier === called.qualifier;
}

/** The name of the function that a permission is for. Undefined if Terraform knows it only after the deployment. */
export function functionNamed(permission: Change, when: "before" | "after"): string | undefined {
  const name = permission[when]("function_name");
  return name === UNKNOWN || name === undefined ? undefined : nameIn(String(name));
}
