import { type Change, UNKNOWN } from "../change";
import { namesCaller, type Statement, statementsOf, type Widening, widenings } from "../policy";
import type { Problem, Rule } from "../rule";
import { quoted, thing } from "../words";
import type { World } from "../world";
import { isDenial, told } from "./policies";

/** Resources with a policy. For one that stands beside what it is about: the argument that names that. */
const RESOURCE_POLICIES = new Map<string, string | undefined>(
  Object.entries({
    aws_kms_key: undefined,
    aws_kms_key_policy: "key_id",
    aws_s3_bucket_policy: "bucket",
    aws_s3_bucket: undefined,
    aws_sqs_queue: undefined,
    aws_sqs_queue_policy: "queue_url",
    aws_dynamodb_resource_policy: "resource_arn",
    aws_secretsmanager_secret_policy: "secret_arn",
    aws_sns_topic: undefined,
    aws_sns_topic_policy: "arn",
  }),
);

/** Who may use a key, a bucket, a queue or a table. */
export const resourceOpened: Rule = {
  id: "resource-opened",
  effect: "protection",
  reason: "Keys, buckets, queues and tables hold codes, code, state and what is stored about people.",
  check(change, world) {
    if (change.type === "aws_kms_grant") return grant(change);
    if (!RESOURCE_POLICIES.has(change.type)) return [];
    if (change.kind === "none" || change.kind === "delete" || change.kind === "forget") return [];
    const before = statementsOf(change.before("policy")) ?? [];
    const after = world.policy(change, "after", "policy");
    const isAdded = change.kind === "create" && isAboutOlder(change, world);
    if (change.kind === "create" && !isAdded) return after === UNKNOWN ? [] : told(change, open(after ?? []));
    if (after === UNKNOWN) {
      // The provider computes it where nobody sets it.
      if (before.length === 0 && !isAdded) return [];
      return [{ text: `Who may use what ${thing(change)} is about is known only after the deployment.` }];
    }
    return told(
      change,
      widenings(before, after ?? []).filter((one) => !isDenial(one)),
    );
  },
};

/** Whether a new policy is about something that is there already, and that nobody else could use. */
function isAboutOlder(change: Change, world: World): boolean {
  const about = change.after(RESOURCE_POLICIES.get(change.type) ?? "");
  if (typeof about !== "string") return false;
  const isIt = (one: Change) => ["id", "arn", "bucket", "url", "key_id"].some((name) => one.after(name) === about);
  return !world.changes.some((one) => one.kind === "create" && one !== change && isIt(one));
}

function grant(change: Change): Problem[] {
  if (change.kind !== "create" && change.kind !== "replace") return [];
  return [{ text: `The key gets a grant for ${quoted(change.after("grantee_principal"))}.` }];
}

/** What a new policy allows to everybody. */
const open = (list: readonly Statement[]): Widening[] =>
  list
    .filter(({ effect, principals, notPrincipals, conditions }) => {
      const isForAll = principals?.includes("*") || notPrincipals !== undefined;
      return effect === "Allow" && isForAll && ![...conditions].some(([name, values]) => namesCaller(name, values));
    })
    .map((statement) => ({ kind: "allows", statement, action: statement.actions?.[0] ?? "*" }));

/** What a bucket's policy denies: requests without TLS. */
export const tlsWeakened: Rule = {
  id: "tls-weakened",
  effect: "protection",
  reason: "Without it, state and code can travel over the network in the clear, and be read or changed on the way.",
  check(change, world) {
    if (!RESOURCE_POLICIES.has(change.type) || change.kind === "none" || change.kind === "create") return [];
    // What Terraform only forgets stays in AWS.
    if (change.kind === "forget") return [];
    const bucket = change.before("bucket");
    if (change.type === "aws_s3_bucket_policy" && isGone(bucket, world)) return [];
    const before = statementsOf(change.before("policy")) ?? [];
    const after = change.kind === "delete" ? [] : world.policy(change, "after", "policy");
    if (after === UNKNOWN) return [];
    const lost = widenings(before, after ?? []).filter(isDenial);
    if (lost.length === 0) return [];
    const tls = lost.some(({ statement }) =>
      [...statement.conditions.keys()].some((name) => name.includes("securetransport")),
    );
    return [
      {
        text: tls
          ? `The ${thing(change)} no longer refuses requests without TLS.`
          : (told(change, lost)[0]?.text ?? ""),
      },
    ];
  },
};

/** Whether the bucket goes too, which is a finding of its own. */
export function isGone(bucket: unknown, world: World): boolean {
  return world.of("aws_s3_bucket").some((one) => one.kind === "delete" && one.before("bucket") === bucket);
}
