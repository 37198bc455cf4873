import { type Change, type Path, UNKNOWN } from "./change";

/** What a type of resource is called in a sentence. */
const THINGS: Record<string, string> = {
  aws_cognito_user_pool: "pool",
  aws_cognito_user_pool_client: "app client",
  aws_cognito_managed_user_pool_client: "app client",
  aws_cognito_user_group: "group",
  aws_cognito_user_pool_domain: "domain",
  aws_cognito_identity_provider: "identity provider",
  aws_dynamodb_table: "table",
  aws_kms_key: "key",
  aws_s3_bucket: "bucket",
  aws_lambda_function: "function",
  aws_iam_role: "role",
  aws_cloudwatch_log_group: "log group",
  aws_sqs_queue: "queue",
};

/** The resource for people to read: what it is, and its name in the code, as `pool "verified"`. */
export function thing({ type, address }: Change): string {
  const [, name = address] = /([^.]*)$/.exec(address.replace(/\[.*$/, "").replace(/ \(deposed .*$/, "")) ?? [];
  const own = name
    .replace(/_[0-9A-F]{8}$/, "")
    .replace(/_(pool|client|domain|table|key|bucket|function|role|log-group|queue)$/, "");
  return `${THINGS[type] ?? type.replace(/^aws_/, "").replaceAll("_", " ")} "${own.replaceAll("_", "/")}"`;
}

/** A value for people to read: never a sensitive one, never somebody's address, and never a long one. */
export function shown(change: Change, value: unknown, path: Path): string {
  if (value === UNKNOWN) return "known only after the deployment";
  if (change.isSensitive(...path)) return "(sensitive)";
  return printable(value);
}

/** Text of a plan that may be printed. */
export function printable(value: unknown): string {
  if (value === undefined || value === null || value === "") return "nothing";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const harmless = text.replace(/[^\s"'<>,;]+@[^\s"'<>,;]+/g, "(address)");
  return harmless.length > 120 ? `${harmless.slice(0, 119)}…` : harmless;
}

/** Texts as a list in a sentence: `a, b and c`. */
export function listed(items: readonly string[]): string {
  const few = items.length > 5 ? [...items.slice(0, 4), `${items.length - 4} more`] : items;
  return new Intl.ListFormat("en-GB").format(few);
}
