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
  aws_lambda_permission: "permission",
  aws_iam_role: "role",
  aws_iam_role_policy: "right",
  aws_cloudwatch_log_group: "log group",
  aws_sqs_queue: "queue",
  aws_s3_bucket_policy: "policy of the bucket",
  aws_s3_bucket_server_side_encryption_configuration: "encryption of the bucket",
  aws_s3_bucket_public_access_block: "public access block of the bucket",
  aws_s3_bucket_versioning: "versioning of the bucket",
};

/** The resource for people to read: what it is, and its name in the code, as `pool "verified"`. */
export function thing({ type, address }: Change): string {
  return `${Object.hasOwn(THINGS, type) ? THINGS[type] : quoted(type)} ${quoted(nameOf(address))}`;
}

/** The name of a resource in the code: its path without what the constructs add. */
export function nameOf(address: string): string {
  const bare = address.replace(/ \(deposed .*$/, "").replace(/\[("(\\.|[^"\\])*"|[^\]"]*)\]/g, "");
  return (bare.split(".").at(-1) ?? bare)
    .replace(/_[0-9A-F]{8}$/, "")
    .replace(/_(pool|client|domain|table|key|bucket|function|role|log-group|queue)$/, "")
    .replaceAll("_", "/");
}

// Around what comes from a plan. They are Unicode's marks of a part that is not text, and `printable` leaves neither in.
const [OPEN, CLOSE] = ["\ufdd0", "\ufdd1"];
const PART = /(\ufdd0[^\ufdd1]*\ufdd1)/;

/** Text of a plan, for a sentence. The forms below show where it begins and ends. */
export const quoted = (value: unknown) => `${OPEN}${printable(value)}${CLOSE}`;

/** The parts of a sentence: what comes from a plan, and what does not. */
export const partsOf = (sentence: string) =>
  sentence.split(PART).map((text) => {
    const quoted = text.startsWith(OPEN);
    return { quoted, text: quoted ? text.slice(1, -1) : text };
  });

/** A sentence with quotation marks around what comes from a plan. */
export const inQuotes = (sentence: string) =>
  partsOf(sentence)
    .map(({ text, quoted }) => (quoted ? `"${text}"` : text))
    .join("");

/** The sentence without any part that is a secret, has one in it, or was taken out of one. */
export const withoutSecrets = (sentence: string, secrets: readonly string[]) =>
  partsOf(sentence)
    .map((part) =>
      part.quoted ? (secrets.some((secret) => meet(part.text, secret)) ? "(sensitive)" : quoted(part.text)) : part.text,
    )
    .join("");

/** Whether one is the other, or a part of it. A very short text is a part of anything. */
function meet(text: string, secret: string): boolean {
  const [one, other] = [text.toLowerCase(), secret.toLowerCase()];
  return one === other || (other.length > 3 && one.includes(other)) || (one.length > 3 && other.includes(one));
}

/** A value for a sentence: never a sensitive one. */
export function shown(change: Change, value: unknown, path: Path): string {
  if (value === UNKNOWN) return "something that is known only after the deployment";
  return change.isSensitive(...path) ? "(sensitive)" : quoted(value);
}

/** Controls, and characters that are not seen or turn the direction of the text. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text of a plan that may be printed: without somebody's address, and never long. */
export function printable(value: unknown): string {
  if (value === undefined || value === null || value === "") return "nothing";
  const text = typeof value === "object" ? (JSON.stringify(value) ?? "") : String(value);
  const visible = text.slice(0, 4000).replace(UNSEEN, "\ufffd");
  const harmless = visible.replace(/[^\s"'<>,;]+@[^\s"'<>,;]+/g, "(address)");
  return harmless.length > 160 ? `${harmless.slice(0, 159)}…` : harmless;
}

/** Texts of a plan as a list in a sentence: `a, b and c`. */
export function listed(items: readonly string[]): string {
  const few = items.length > 5 ? items.slice(0, 4) : items;
  const rest = items.length > few.length ? [`${items.length - few.length} more`] : [];
  return new Intl.ListFormat("en-GB").format([...few.map(quoted), ...rest]);
}

/** The beginning of a sentence. */
export const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
