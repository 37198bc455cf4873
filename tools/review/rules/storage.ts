import { type Change, isObject, UNKNOWN } from "../change";
import type { Problem, Rule } from "../rule";
import { capital, quoted, thing } from "../words";
import type { World } from "../world";
import { fewer, type Guarded, lower, noLonger, nowTrue, propertyRule } from "./properties";
import { isGone } from "./resource-policies";

/** Whether the setting no longer holds for its bucket. */
const leaves = (change: Change) => change.goes && change.after("bucket") !== change.before("bucket");

export const deletionProtectionWeakened = propertyRule(
  {
    id: "deletion-protection-weakened",
    reason: "It is the last thing that stops a mistake from deleting people or what they have.",
  },
  [
    {
      types: ["aws_cognito_user_pool"],
      path: ["deletion_protection"],
      what: "the protection against deletion",
      weaker: lower(["INACTIVE", "ACTIVE"], () => "AWS no longer refuses to delete it, with everybody in it"),
    },
    {
      types: ["aws_dynamodb_table"],
      path: ["deletion_protection_enabled"],
      what: "the protection against deletion",
      weaker: noLonger("AWS no longer refuses to delete it"),
    },
    {
      types: ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key"],
      path: ["deletion_window_in_days"],
      what: "the time in which a deletion can be cancelled",
      weaker: fewer((before, after) => `after ${after} days instead of ${before} its deletion cannot be cancelled`, 30),
    },
    {
      types: ["aws_s3_bucket"],
      path: ["force_destroy"],
      what: "whether it may be deleted while it is full",
      weaker: nowTrue("it may be deleted with everything in it"),
    },
  ],
);

export const encryptionWeakened = propertyRule(
  { id: "encryption-weakened", reason: "Codes, state and events with people's addresses are stored there." },
  [
    encrypted("aws_sqs_queue", ["sqs_managed_sse_enabled"], (before, after, change) =>
      before === true && after !== true && !change.after("kms_master_key_id") ? "it is no longer encrypted" : undefined,
    ),
    encrypted("aws_sqs_queue", ["kms_master_key_id"], lostKey),
    encrypted(
      "aws_dynamodb_table",
      ["server_side_encryption", 0, "enabled"],
      noLonger("it has no key of this account any more"),
    ),
    encrypted("aws_cloudwatch_log_group", ["kms_key_id"], lostKey),
    encrypted("aws_lambda_function", ["kms_key_arn"], lostKey),
    encrypted("aws_sns_topic", ["kms_master_key_id"], lostKey),
    encrypted("aws_kms_key", ["enable_key_rotation"], noLonger("it is not rotated any more")),
    encrypted("aws_kms_key", ["is_enabled"], noLonger("it is switched off: nothing can be encrypted or read with it")),
    encrypted("aws_s3_bucket_server_side_encryption_configuration", ["rule"], (_, __, change) =>
      weakerAlgorithm(change),
    ),
  ],
  (change, world) => {
    if (change.type !== "aws_s3_bucket_server_side_encryption_configuration" || !leaves(change)) return [];
    return isGone(change.before("bucket"), world)
      ? []
      : [{ text: `${capital(thing(change))}: the bucket's own encryption ends.` }];
  },
);

function encrypted(type: string, path: Guarded["path"], weaker: Guarded["weaker"]): Guarded {
  return { types: [type], path, what: "the encryption", weaker };
}

function lostKey(before: unknown, after: unknown): string | undefined {
  return before && !after ? "it is no longer encrypted with your key" : undefined;
}

const ALGORITHMS = ["", "AES256", "aws:kms", "aws:kms:dsse"];

function weakerAlgorithm(change: Change): string | undefined {
  const path = ["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"] as const;
  const now = change.after(...path);
  if (now === UNKNOWN) return "how it encrypts is known only after the deployment";
  return lower(ALGORITHMS, (after) => `new objects are encrypted with ${quoted(after)}`)(change.before(...path), now);
}

export const backupWeakened = propertyRule(
  { id: "backup-weakened", reason: "After a mistake, older versions are the only way back." },
  [
    {
      types: ["aws_dynamodb_table"],
      path: ["point_in_time_recovery", 0, "enabled"],
      what: "point-in-time recovery",
      weaker: noLonger("it cannot be brought back to an earlier time any more"),
    },
    {
      types: ["aws_dynamodb_table"],
      path: ["point_in_time_recovery", 0, "recovery_period_in_days"],
      what: "point-in-time recovery",
      weaker: (before, after) =>
        typeof before === "number" && typeof after === "number" && after > 0 && after < (before || 35)
          ? `it can be brought back by ${after} days only`
          : undefined,
    },
    {
      types: ["aws_s3_bucket_versioning"],
      path: ["versioning_configuration", 0, "status"],
      what: "the versions of objects",
      weaker: lower(["Disabled", "Suspended", "Enabled"], () => "the bucket keeps no earlier versions any more"),
    },
  ],
  (change, world) => {
    if (change.type === "aws_s3_bucket_lifecycle_configuration") return sooner(change, world);
    if (change.type !== "aws_s3_bucket_versioning" || !leaves(change)) return [];
    return isGone(change.before("bucket"), world) ? [] : [{ text: "The bucket keeps no earlier versions any more." }];
  },
);

/** After how many days AWS deletes objects of a bucket, or their earlier versions. */
function daysLeft(change: Change, when: "before" | "after"): number {
  const rules = change[when]("rule");
  const days = (Array.isArray(rules) ? rules.filter(isObject) : [])
    .filter(({ status }) => status !== "Disabled")
    .flatMap(({ expiration, noncurrent_version_expiration: earlier }) => [
      Reflect.get(Object(expiration), 0)?.days,
      Reflect.get(Object(earlier), 0)?.noncurrent_days,
    ]);
  return Math.min(...days.filter((count) => typeof count === "number" && count > 0));
}

function sooner(change: Change, world: World): Problem[] {
  if (change.kind !== "create" && change.kind !== "update" && change.kind !== "replace") return [];
  const bucket = change.after("bucket");
  if (world.of("aws_s3_bucket").some((one) => one.kind === "create" && one.after("bucket") === bucket)) return [];
  const [before, after] = [daysLeft(change, "before"), daysLeft(change, "after")];
  return after < before ? [{ text: `AWS deletes what is in the bucket, or was, after ${after} days.` }] : [];
}

/** Whether an ACL by its name, or its grants, are for everybody or for every account of AWS. */
const isPublic = (acl: unknown) =>
  /^"(public-read|public-read-write|authenticated-read)"$|\/groups\/global\/(AllUsers|AuthenticatedUsers)"/.test(
    JSON.stringify(acl) ?? "",
  );

const BLOCKS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const bucketOpened = propertyRule(
  {
    id: "bucket-opened",
    reason: "State holds secrets, and code is what runs when people sign in: neither is for the public.",
  },
  [
    ...BLOCKS.map((name) => ({
      types: ["aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"],
      path: [name],
      what: "what keeps the public out",
      weaker: noLonger(`${name} is off: it may be opened to the public`),
    })),
    {
      types: ["aws_s3_bucket_acl", "aws_s3_bucket", "aws_s3_object"],
      path: ["acl"],
      what: "who may read it",
      weaker: (before, after) => (before !== after && isPublic(after) ? "everybody may read it" : undefined),
    },
    {
      types: ["aws_s3_bucket_acl", "aws_s3_bucket"],
      path: ["access_control_policy"],
      what: "who may read it",
      weaker: (_, after) => (isPublic(after) ? "everybody may read it" : undefined),
    },
  ],
  (change, world): Problem[] => {
    const acl = [change.after("acl"), change.after("access_control_policy")];
    if (change.kind === "create" && /^aws_s3_(bucket|bucket_acl|object)$/.test(change.type) && acl.some(isPublic)) {
      return [{ text: `Everybody may read the new ${thing(change)}.` }];
    }
    if (change.type !== "aws_s3_bucket_public_access_block" || !leaves(change)) return [];
    return isGone(change.before("bucket"), world) ? [] : [{ text: "The bucket may be opened to the public." }];
  },
);

/** Days that a log is kept; 0 is for ever. */
const days = (value: unknown) => (typeof value === "number" && value > 0 ? value : Number.POSITIVE_INFINITY);

function inDays(value: unknown): string {
  const count = days(value);
  if (!Number.isFinite(count)) return "for ever";
  return count === 1 ? "for one day" : `for ${count} days`;
}

export const logsShorter = propertyRule(
  { id: "logs-shorter", reason: "What happened to an account can be found out only as long as the log is there." },
  [
    {
      types: ["aws_cloudwatch_log_group"],
      path: ["retention_in_days"],
      what: "how long its lines are kept",
      weaker: (before, after) =>
        days(after) < days(before) ? `its lines are kept ${inDays(after)}, no longer ${inDays(before)}` : undefined,
    },
  ],
  (change, world) => {
    if (change.type !== "aws_cloudwatch_log_group" || !change.goes) return [];
    if (change.before("skip_destroy") === true) return [];
    // A function that goes takes its log along; whether it may go is another question.
    const name = change.before("name");
    const stays = world
      .of("aws_lambda_function")
      .some((fn) => fn.kind !== "delete" && fn.before("logging_config", 0, "log_group") === name);
    return stays || change.kind === "replace" ? [{ text: `All lines of the ${thing(change)} are deleted.` }] : [];
  },
);

export const storageRules: Rule[] = [
  deletionProtectionWeakened,
  encryptionWeakened,
  backupWeakened,
  bucketOpened,
  logsShorter,
];
